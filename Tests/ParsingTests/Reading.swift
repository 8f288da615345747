import Foundation
import Model
import Testing

@testable import Parsing

/// A parser's answer to a body, in a form that tests compare.
struct Reading: Equatable {
    /// A cell is written as its kind and value: `text:a`, `number:1.50`, `null:`.
    var rows: [[String]] = []
    var locators: [SourceLocator] = []
    var document: [String?] = []
    var hasRecords = false

    /// Reads a body in one piece, or in pieces of `chunk` bytes.
    init(
        _ body: [UInt8], _ specification: ParseSpecification, charset: CharsetHint = CharsetHint(), chunk: Int? = nil
    ) throws(Fault) {
        try self.init(pieces: Self.cut(body, every: chunk ?? body.count), specification, charset: charset)
    }

    init(_ body: String, _ specification: ParseSpecification) throws(Fault) {
        try self.init(Array(body.utf8), specification)
    }

    init(pieces: [[UInt8]], _ specification: ParseSpecification, charset: CharsetHint = CharsetHint()) throws(Fault) {
        let parser = try makeParser(specification, page: 3, charset: charset)
        var batch = RawBatch(columns: specification.columns.count)
        for piece in pieces { try Self.feed(piece, to: parser, into: &batch) }
        let values = try parser.finish(into: &batch)
        for record in 0..<batch.count {
            rows.append(
                (0..<batch.columns).map { column in
                    let kind = batch.cell(record, column).kind
                    return "\(kind)".replacingOccurrences(of: "`", with: "") + ":"
                        + (batch.string(record, column) ?? "")
                })
        }
        locators = batch.locators
        document = specification.document.indices.map { values[$0] }
        hasRecords = values.hasRecords
    }

    /// A copy on the heap of exactly its size, so that reading beyond it can be noticed.
    private static func feed(
        _ piece: [UInt8], to parser: any RecordParser, into batch: inout RawBatch
    ) throws(Fault) {
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: piece.count, alignment: 1)
        defer { copy.deallocate() }
        copy.copyBytes(from: piece)
        try parser.feed(UnsafeRawBufferPointer(copy), into: &batch)
    }

    static func cut(_ body: [UInt8], every size: Int) -> [[UInt8]] {
        stride(from: 0, to: body.count, by: max(size, 1)).map { Array(body[$0..<min($0 + max(size, 1), body.count)]) }
    }

    /// The texts alone, without kinds.
    var texts: [[String]] {
        rows.map { $0.map { String($0.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)[1]) } }
    }
}

/// What is wanted, written shortly.
func json(
    _ records: String, _ columns: [String], document: [String] = [], lines: Bool = false,
    limits: ParseLimits = ParseLimits()
) throws -> ParseSpecification {
    try ParseSpecification(
        format: .json, records: SourcePath(records, format: .json),
        columns: columns.map { try SourcePath($0, format: .json) },
        document: document.map { try SourcePath($0, format: .json) }, isLines: lines, limits: limits)
}

func xml(
    _ records: String, _ columns: [String], document: [String] = [], namespaces: [String: String] = [:],
    limits: ParseLimits = ParseLimits()
) throws -> ParseSpecification {
    try ParseSpecification(
        format: .xml, records: SourcePath(records, format: .xml, namespaces: namespaces),
        columns: columns.map { try SourcePath($0, format: .xml, namespaces: namespaces) },
        document: document.map { try SourcePath($0, format: .xml, namespaces: namespaces) }, limits: limits)
}

/// The fault of a reading that must not succeed.
func fault(
    of body: [UInt8], _ specification: ParseSpecification, charset: CharsetHint = CharsetHint(), chunk: Int? = nil
) -> Fault? {
    do {
        _ = try Reading(body, specification, charset: charset, chunk: chunk)
        return nil
    } catch {
        return error
    }
}

func fault(of body: String, _ specification: ParseSpecification) -> Fault? {
    fault(of: Array(body.utf8), specification)
}

/// Inputs that others recorded or published, beside the repository; tests on them are skipped where they are absent.
enum SharedData {
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
