import Foundation

/// A folder that a department delivers into, beside the exchange that reads it.
struct DeliveryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "huitong-in-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    func remove() { try? FileManager.default.removeItem(at: url) }

    func put(_ name: String, _ data: Data) throws { try data.write(to: url.appending(path: name)) }

    func put(_ name: String, _ text: String) throws { try put(name, Data(text.utf8)) }

    func take(_ name: String) throws { try FileManager.default.removeItem(at: url.appending(path: name)) }

    /// Runs a program of python's in the folder: what packs and digests here is none of ours.
    func python(_ program: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c", "import gzip, hashlib, json, sys, zipfile\n" + program,
        ]
        process.currentDirectoryURL = url
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// An entry that reads what is delivered.
    static func entry(adapter: String, with parameters: String, delivers: String = "delta") -> String {
        """
        entry: item
        title: 事项
        summary: 以文件交换
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: \(adapter)
          with: \(parameters)
        delivers: \(delivers)
        key: [code]
        fields:
          code: {title: 代码, required: true}
          name: {title: 名称}
        """
    }
}

extension ExchangeFolder {
    /// The runs that a command tells of.
    func runs(_ arguments: String...) async throws -> [[String: Any]] {
        let outcome = try await run(arguments + ["--format", "json"])
        return try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]] ?? []
    }

    /// Records that the last run has staged, whether it is under way or was interrupted.
    func readByLastRun() async throws -> Int {
        let outcome = try await run("status", "item", "--format", "json")
        // One that was killed early has no store yet, and no status.
        let status = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let run = (status?["entries"] as? [[String: Any]])?.first?["lastRun"] as? [String: Any]
        return (run?["difference"] as? [String: Any])?["read"] as? Int ?? 0
    }

    /// The names of a collection's records, by code.
    func names() async throws -> [String: String] {
        let records = try await records(of: "item").values
        return Dictionary(uniqueKeysWithValues: records.map { ($0["code"] ?? "", $0["name"] ?? "") })
    }
}
