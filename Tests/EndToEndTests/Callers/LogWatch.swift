import Foundation
import SQLiteStore
import Store
import Synchronization

/// Reads what the commands of an exchange wrote into their logs, at the most talkative level, for anything that it read from
/// departments or was trusted with. Every exchange of the suite is looked at, at the end of its life.
final class LogWatch: Sendable {
    private let files = Mutex<Set<String>>([])

    /// Commands whose output is records, because somebody asked for them. Everything else that is printed is a log.
    private static let printing: Set<String> = ["query", "quarantine", "preview", "adapter", "catalog", "init"]

    /// Shorter values are found in anything.
    private static let leastBytes = 8
    private static let mostValues = 20_000

    func note(_ arguments: [String], log: String) {
        let isPrinting =
            arguments.first.map { Self.printing.contains($0) } ?? false || arguments.contains("--findings")
        files.withLock { files in
            files.insert("\(log).err")
            if !isPrinting { files.insert("\(log).out") }
        }
    }

    /// What of records and secrets is in the logs: the file and the value.
    func leaks(in folder: URL) -> [String] {
        let names = files.withLock { $0 }
        let logs = names.compactMap { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { (name: name, bytes: $0) }
        }.filter { !$0.bytes.isEmpty }
        guard !logs.isEmpty else { return [] }
        let known = Self.written(in: folder)
        let values = Self.secrets(in: folder) + Self.values(in: folder)
        return values.flatMap { value -> [String] in
            let bytes = Data(value.utf8)
            guard known.range(of: bytes) == nil else { return [] }
            return logs.filter { $0.bytes.range(of: bytes) != nil }.map { "\($0.name): \(value)" }
        }
    }

    /// What the catalogue and the settings say is no secret.
    private static func written(in folder: URL) -> Data {
        var all = (try? Data(contentsOf: folder.appending(path: "huitong.yaml"))) ?? Data()
        let files = FileManager.default.enumerator(
            at: folder.appending(path: "Catalog"), includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL { all += (try? Data(contentsOf: file)) ?? Data() }
        return all
    }

    private static func secrets(in folder: URL) -> [String] {
        let secrets = folder.appending(path: "secrets")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: secrets.path)) ?? []
        return names.compactMap { try? String(contentsOf: secrets.appending(path: $0), encoding: .utf8) }
            .map { $0.trimmingCharacters(in: .newlines) }.filter { $0.utf8.count >= 4 }
    }

    /// Texts of what is served, whatever their grade.
    private static func values(in folder: URL) -> [String] {
        let path = folder.appending(path: "huitong-data/huitong.sqlite").path
        guard FileManager.default.fileExists(atPath: path), let store = try? SQLiteStore(path: path) else { return [] }
        let entries = folder.appending(path: "Catalog/entries")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: entries.path)) ?? []
        var values: Set<String> = []
        for name in names.map({ String($0.prefix { $0 != "." }) }) {
            try? store.readAtOnce(name) { reader in
                guard
                    let plan = try? QueryPlan(
                        RecordQuery(limit: 5_000), over: reader.state.collection, disclosure: .owner)
                else { return }
                _ = try? reader.page(plan) { row in
                    for value in row.values {
                        guard case .text(let bytes) = value, bytes.count >= leastBytes else { continue }
                        let text = String(decoding: bytes, as: UTF8.self)
                        // A day or a moment is in every line of a log.
                        if text.wholeMatch(of: /\d{4}-\d\d-\d\d[T\d:.+Z-]*/) == nil { values.insert(text) }
                    }
                    return values.count < mostValues
                }
            }
        }
        return Array(values)
    }
}
