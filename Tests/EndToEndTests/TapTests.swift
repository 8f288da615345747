import Foundation
import HTTPTypes
import Synchronization
import Testing

/// A tap from PyPI against a loopback source (`make test-peers`; `scripts/install-peers` installs it).
@Suite(.enabled(if: Taps.isInstalled("tap-rest-api-msdk"), "tap-rest-api-msdk is not installed: make peers"))
struct TapTests {
    private static let entry = """
        entry: office
        title: 办事处
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: singer
          with:
            command: tap-rest-api-msdk
            stream: offices
            config:
              api_url: "BASE"
              params: {key: {secret: office-system-key}}
              streams:
                - name: offices
                  path: /offices
                  records_path: "$.rows[*]"
                  primary_keys: [id]
                  replication_key: updated_at
                  source_search_field: updated_at
                  source_search_query: "gt$last_run_date"
        delivers: DELIVERY
        key: [id]
        fields:
          id: {title: 编号, type: text}
          name: {title: 名称, required: true}
          updated_at: {title: 更新, type: datetime}
        """

    /// A register of offices that answers with what changed, when it is asked for that.
    private final class Register: Sendable {
        let rows = Mutex<[Int: (name: String, day: Int)]>([:])
        let asked = Mutex<[String]>([])

        func answer(_ query: [Substring: Substring]) -> LoopbackSource.Answer {
            guard query["key"] == "k3y" else { return LoopbackSource.Answer("{}", status: .forbidden) }
            let since = query["updated_at"].map { String($0.dropFirst(2)) }
            asked.withLock { $0.append(since ?? "everything") }
            let found = rows.withLock { $0 }.sorted { $0.key < $1.key }.map { id, row in
                (id: id, name: row.name, at: "2026-03-\(row.day < 10 ? "0" : "")\(row.day)T00:00:00Z")
            }.filter { row in since.map { row.at > $0 } ?? true }
            let text = found.map { #"{"id":\#($0.id),"name":"\#($0.name)","updated_at":"\#($0.at)"}"# }
            return LoopbackSource.Answer(#"{"rows":[\#(text.joined(separator: ","))]}"#)
        }
    }

    private static func exchange(_ base: String, delivers: String) throws -> ExchangeFolder {
        let text = entry.replacing("BASE", with: base).replacing("DELIVERY", with: delivers)
        let exchange = try ExchangeFolder(
            base: base, entries: ["office": text], settings: "programs: programs\n")
        try exchange.write("secrets/office-system-key", "k3y\n")
        let tap = "programs/tap-rest-api-msdk"
        try exchange.write(tap, "#!/bin/sh\nexec '\(Taps.path("tap-rest-api-msdk"))' \"$@\"\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: exchange.folder.appending(path: tap).path)
        return exchange
    }

    @Test(arguments: ["snapshot", "delta"])
    func twoRunsWithChangesBetween(delivers: String) async throws {
        let register = Register()
        register.rows.withLock { rows in
            for id in 1...500 { rows[id] = ("办事处\(id)", 1 + id % 9) }
        }
        try await LoopbackSource.serving { _, query in
            register.answer(query)
        } _: { base, _ in
            let exchange = try Self.exchange(base, delivers: delivers)
            let first = try await exchange.run("sync", "office")
            #expect(first.status == 0, "\(first.output) \(first.complaints)")
            #expect(try await exchange.records(of: "office").count == 500)

            register.rows.withLock { rows in
                rows[7] = ("七号", 20)
                rows[501] = ("新", 21)
                if delivers == "snapshot" { rows[9] = nil }
            }
            let second = try await exchange.run("sync", "office")
            #expect(second.status == 0, "\(second.output) \(second.complaints)")
            let served = try await exchange.records(of: "office").values.reduce(into: [:]) {
                $0[$1["id"] ?? ""] = $1["name"]
            }
            let wanted = register.rows.withLock { $0 }.reduce(into: [:]) { $0[String($1.key)] = $1.value.name }
            #expect(served == wanted)
            let last = register.asked.withLock { $0.last }
            #expect(last == (delivers == "delta" ? "2026-03-09T00:00:00Z" : "everything"))
            let log = try exchange.read("huitong-data/programs/logs/2.log")
            #expect(log.contains("offices") && !log.contains("k3y"))
        }
    }
}

/// Programs of `scripts/install-peers`.
enum Taps {
    static func path(_ name: String) -> String {
        let folder = ProcessInfo.processInfo.environment["HUITONG_PEERS_BIN"]
        return (folder.map { URL(filePath: $0) } ?? Repository.root.appending(path: ".build-peers/bin"))
            .appending(path: name).path
    }

    static func isInstalled(_ name: String) -> Bool { FileManager.default.isExecutableFile(atPath: path(name)) }
}
