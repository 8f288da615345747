import Foundation
import HTTPTypes
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What may be told to nobody, put wherever it can be; then everything is made to fail, and everything that is not records
/// on purpose is searched for it.
@Suite(.serialized) struct CanaryTests {
    private enum Canary {
        static let secret = "canary-s3cret+9f2c/71="
        static let name = "金丝雀王建国"
        static let citizen = "11010519491231002X"
        static let wrongCitizen = "110105194912310021"
        static let phone = "13987650042"
        static let cursor = "canary-cursor-77aa"

        static var personal: [String] { [name, citizen, wrongCitizen, phone] }
        static var all: [String] {
            personal + [secret, Data("exchange:\(secret)".utf8).base64EncodedString(), encoded]
        }
        static var encoded: String { secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? secret }
    }

    enum Kind: String, CaseIterable, Sendable {
        case basic = "{kind: basic, user: exchange, secret: office-key}"
        case bearer = "{kind: bearer, secret: office-key}"
        case query = "{kind: api-key, secret: office-key, in: query, name: key}"
    }

    private static let person =
        #"{"code":"1","name":"\#(Canary.name)","citizen":"\#(Canary.citizen)","phone":"\#(Canary.phone)"}"#
    private static let wrong =
        #"{"code":"2","name":"\#(Canary.name)","citizen":"\#(Canary.wrongCitizen)","phone":"\#(Canary.phone)"}"#

    /// How a department answers badly, by the name of the entry that asks for it.
    private static let ways = [
        "well", "echoes-401", "echoes-500", "says-no", "breaks-off", "is-malformed", "is-markup", "is-no-text",
        "leads-on",
        "leads-away",
    ]

    private static func answer(_ asked: LoopbackSource.Asked, base: String) -> LoopbackSource.Answer {
        let credential = asked.headers[.authorization] ?? ""
        let items = asked.query.map { "\($0)=\($1)" }.joined(separator: " ")
        let echo = "\(credential) \(Canary.secret) \(Canary.phone) \(Canary.citizen) \(items)"
        switch asked.path.dropFirst() {
        case "echoes-401": return LoopbackSource.Answer("denied: \(echo)", type: "text/plain", status: .unauthorized)
        case "echoes-500":
            return LoopbackSource.Answer(#"{"error":"\#(echo)"}"#, status: .internalServerError)
        case "says-no": return LoopbackSource.Answer(#"{"code":"500","message":"\#(echo)","rows":[]}"#)
        case "breaks-off": return LoopbackSource.Answer(#"{"rows":[\#(person),{"code":"9","name":"\#(Canary.name)"#)
        case "is-malformed":
            return LoopbackSource.Answer(#"{"rows":[\#(person),"\#(Canary.phone)" \#(Canary.name) oops]}"#)
        case "is-markup":
            return LoopbackSource.Answer("<html><body>\(Canary.name) \(echo)</body></html>", type: "text/html")
        case "is-no-text":
            return LoopbackSource.Answer(Array(#"{"rows":[{"code":"1","name":"\#(Canary.name)"#.utf8) + [0xFF, 0xFE])
        case "leads-on" where asked.query["at"] == nil:
            // The address of the next page holds our own key, as it does at services that write their links so.
            let next = "\(base)/leads-on?at=2&key=\(Canary.encoded)"
            return LoopbackSource.Answer(#"{"rows":[\#(person)],"next":"\#(next)"}"#)
        case "leads-on": return LoopbackSource.Answer(echo, status: .serviceUnavailable)
        case "leads-away":
            return LoopbackSource.Answer(
                #"{"rows":[\#(person)],"next":"http://elsewhere.example/\#(Canary.secret)?key=\#(Canary.encoded)"}"#)
        default: return LoopbackSource.Answer(#"{"rows":[\#(person),\#(wrong)]}"#)
        }
    }

    private static func entry(_ way: String) -> SourceEntry {
        let paging = way.hasPrefix("leads") ? ", paging: next, next_path: /next" : ""
        let said = way == "says-no" ? ", success_path: /code, success_values: ['0'], message_path: /message" : ""
        return SourceEntry(
            name: way, adapter: "http-json", with: "path: /\(way), records: /rows\(paging)\(said)", key: "code",
            fields: [
                ("code", "type: text"), ("name", "type: text, grade: 3"), ("citizen", "type: citizen-id, grade: 4"),
                ("phone", "type: phone, grade: 3"),
            ])
    }

    @Test(arguments: Kind.allCases)
    func `nothing of records and secrets is in logs, reports, documents and the store`(kind: Kind) async throws {
        let place = Base()
        try await LoopbackSource.serving(requests: { Self.answer($0, base: place.text) }) { base, _ in
            place.text = base
            let port = Loopback.freePort()
            let exchange = try ExchangeFolder(
                base: base, entries: Dictionary(uniqueKeysWithValues: Self.ways.map { ($0, Self.entry($0).text) }),
                settings: "http: {port: \(port)}\n", system: "credential: \(kind.rawValue)")
            try exchange.write("secrets/office-key", Canary.secret + "\n")
            let daemon = try exchange.start(["serve"], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: "http://127.0.0.1:\(port)")

            var said: [(place: String, text: String)] = []
            for way in Self.ways {
                let outcome = try await exchange.run("sync", way)
                said.append(("sync \(way)", outcome.output + outcome.complaints))
                #expect((outcome.status == 0) == (way == "well"), "\(way): \(outcome.output)\(outcome.complaints)")
            }
            for arguments in [["status"], ["status", "--format", "json"], ["status", "--quality"]] {
                let outcome = try await exchange.run(arguments)
                said.append((arguments.joined(separator: " "), outcome.output + outcome.complaints))
            }
            for run in 1...Self.ways.count {
                let outcome = try await exchange.run("run", "show", "\(run)", "--format", "json")
                #expect(outcome.status == 0)
                said.append(("run show \(run)", outcome.output + outcome.complaints))
            }
            said += try await Self.documents("http://127.0.0.1:\(port)")
            for file in ["cmdline", "environ"] {
                said.append((file, try Self.bytes("/proc/\(daemon.processIdentifier)/\(file)")))
            }
            said.append(("serve", try exchange.read("serve.out") + exchange.read("serve.err")))
            #expect(said.contains { $0.text.contains("source.said-no") } && said.contains { $0.text.contains("***") })
            for (place, text) in said {
                for canary in Canary.all {
                    #expect(!text.contains(canary), "\(canary) is in \(place): \(text.prefix(2_000))")
                }
            }
            // The store holds records, which is what it is for, and no secret.
            let data = exchange.folder.appending(path: "huitong-data")
            for file in try FileManager.default.subpathsOfDirectory(atPath: data.path) {
                let bytes = (try? Data(contentsOf: data.appending(path: file))) ?? Data()
                for secret in [Canary.secret, Canary.encoded] {
                    #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret) is in \(file)")
                }
            }
        }
    }

    /// What callers are told, those who put canaries into what they ask among them.
    private static func documents(_ base: String) async throws -> [(place: String, text: String)] {
        var found: [(String, String)] = []
        let name = Canary.name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let items = "/collections/well/items"
        for address in [
            "/status", "/runs", "/metrics", "/health/ready", "/catalog", items, "\(items)?code=\(name)&x=1",
            "\(items)?citizen=\(Canary.citizen)", "\(items)?sortby=phone&phone=\(Canary.phone)",
            "\(items)?limit=\(name)",
            "\(items)?bbox=\(Canary.phone)", "\(items)?cursor=\(Canary.cursor)\(Canary.phone)", "\(items)?f=\(name)",
            "\(items)/\(Canary.citizen)", "\(items)/\(Canary.citizen)/history", "\(items)/\(name)/provenance",
            "/collections/well/changes", "/collections/well/changes?after=\(Canary.phone)x",
            "/\(name)/\(Canary.citizen)",
            "/runs/\(Canary.phone)x", "/metrics",
        ] {
            var request = URLRequest(url: try #require(URL(string: base + address)))
            request.setValue("Bearer \(Canary.secret)", forHTTPHeaderField: "Authorization")
            let (data, _) = try await URLSession.shared.data(for: request)
            found.append((address, String(decoding: data, as: UTF8.self)))
        }
        for body in [
            #"{"equals":{"code":{"x":"\#(Canary.name)"}}}"#, #"{"equals":{"citizen":"\#(Canary.citizen)"}}"#,
            #"{"limit":"\#(Canary.phone)"}"#, #"{"bbox":["\#(Canary.name)"]}"#, #"\#(Canary.name)"#,
            #"{"cursor":"\#(Canary.phone)"}"#,
        ] {
            var request = URLRequest(url: try #require(URL(string: base + "/collections/well/search")))
            request.httpMethod = "POST"
            request.httpBody = Data(body.utf8)
            let (data, _) = try await URLSession.shared.data(for: request)
            found.append(("search", String(decoding: data, as: UTF8.self)))
        }
        return found
    }

    private static func bytes(_ path: String) throws -> String {
        String(decoding: try FileHandle(forReadingFrom: URL(filePath: path)).readToEnd() ?? Data(), as: UTF8.self)
    }

    /// Where the source is, once that is known.
    private final class Base: @unchecked Sendable {
        private let lock = NSLock()
        private var known = ""
        var text: String {
            get { lock.withLock { known } }
            set { lock.withLock { known = newValue } }
        }
    }
}
