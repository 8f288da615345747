import Foundation
import Model
import Parsing

@testable import Normalizing

/// Inputs that others recorded or published, beside the repository; tests on them are skipped where they are absent.
enum Recordings {
    static let root: URL = {
        if let named = ProcessInfo.processInfo.environment["HUITONG_SHARED_DATA"] { return URL(filePath: named) }
        return URL(filePath: #filePath).appending(path: "../../../../shared/data").standardizedFileURL
    }()

    static func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    static func bytes(_ path: String) throws -> [UInt8] { try [UInt8](Data(contentsOf: root.appending(path: path))) }

    static func names(_ path: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: path).path)) ?? []).sorted()
    }
}

/// The places of a body's records as they are served, each with the rules it breaks.
func places(
    _ body: [UInt8], _ format: SourceFormat, records: String, path: String, namespaces: [String: String] = [:],
    crs: String?
) throws -> [String] {
    var wanted = ParseSpecification(
        format: format, records: try SourcePath(records, format: format, namespaces: namespaces),
        columns: [try SourcePath(path, format: format, namespaces: namespaces)])
    wanted.markup = [0]
    let parser = try makeParser(wanted, page: 1)
    var raw = RawBatch(columns: 1)
    try parser.feed(body, into: &raw)
    _ = try parser.finish(into: &raw)
    // The key is a constant: what is under test is the place alone.
    let place = field("g", .geometry, crs: crs, source: .path(path))
    let all = entry([field("k", source: .constant("k")), place])
    var normalizer = try normalizer(all)
    var batch = RecordBatch(columns: 2)
    normalizer.normalize(raw, into: &batch)
    return (0..<batch.count).map { record in
        ([batch.string(record, 1) ?? "-"] + batch.findings.filter { $0.record == record }.map(\.rule))
            .joined(separator: " ")
    }
}
