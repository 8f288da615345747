import Foundation
import Model
import Parsing
import Standards

/// Reads a program's output: messages of Singer, one JSON object a line.
///
/// Lines of the wanted stream's records go to the parser in bulk, as they came; all others are checked by a parser that
/// keeps nothing.
struct SingerReader {
    /// Bytes of one line.
    static let lineBytesAtMost = 64 << 20
    /// Bytes of a state, which is kept with the publication.
    static let stateBytesAtMost = 16 << 20

    private enum Destination {
        case kept, passed, none
    }

    let stream: String
    private let lineLimit: Int
    private let parser: any RecordParser
    private let checker: any RecordParser
    private var checked = RawBatch(columns: 0)
    private(set) var harvest: Harvest
    private(set) var versions: StreamVersions
    /// The value of the last STATE, as it is written.
    private(set) var state: String?
    /// Records of other streams.
    private(set) var passed = 0
    /// What the stream's schema calls its key; said to people, compared with nothing.
    private(set) var keyProperties: String?
    private var hasSchema = false
    private var streams: [String] = []
    /// Lines that were read to their end.
    private var lines = 0
    /// The beginning of a line that the last chunk did not end.
    private var rest: [UInt8] = []
    /// The stream's name as the output writes it.
    private var token: [UInt8]

    /// - Parameter columns: paths below `record`.
    init(
        stream: String, columns: [SourcePath], versions: StreamVersions, lineLimit: Int = lineBytesAtMost
    ) throws(Fault) {
        self.stream = stream
        self.versions = versions
        self.lineLimit = lineLimit
        token = []
        JSONText.append(string: Array(stream.utf8).span, to: &token)
        let root = try PathReader(format: .json, namespaces: [:]).path("")
        func parser(_ columns: [SourcePath]) throws(Fault) -> any RecordParser {
            try makeParser(
                ParseSpecification(format: .json, records: root, columns: columns, isLines: true), page: 1,
                charset: CharsetHint(setting: "utf-8"))
        }
        self.parser = try parser(columns)
        checker = try parser([])
        harvest = Harvest(columns: columns.count, from: Position())
    }

    /// Reads a chunk, which may end anywhere.
    ///
    /// - Throws: `source.malformed`, `source.unexpected` and `source.too-large`, with the line, and what a parser says.
    mutating func feed(_ chunk: [UInt8]) throws(Fault) {
        var start = 0
        if !rest.isEmpty {
            let end = Self.lineEnd(chunk, 0..<chunk.count)
            start = end.map { $0 + 1 } ?? chunk.count
            rest.append(contentsOf: chunk[..<start])
            try checkLength(rest.count)
            guard end != nil else { return }
            var text: [UInt8] = []
            swap(&text, &rest)
            try read(text, 0..<text.count)
        }
        let last = chunk[start...].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? start
        try read(chunk, start..<last)
        if last < chunk.count { rest.append(contentsOf: chunk[last...]) }
        try checkLength(rest.count)
    }

    /// Says that the output is over.
    ///
    /// - Throws: what `feed` throws, and `source.truncated` for an output that breaks off.
    mutating func finish() throws(Fault) {
        if !rest.isEmpty {
            guard (try? SingerMessage(rest.span)) != nil else {
                throw Fault(
                    .sourceTruncated, "the program's output ends within line \(lines + 1)",
                    advice: "Try again; see the program's log.", context: ["line": String(lines + 1)])
            }
            let text = rest
            rest = []
            try read(text, 0..<text.count)
        }
        _ = try harvest.finish(parser)
        _ = try checker.finish(into: &checked)
        guard hasSchema else {
            let known = streams.isEmpty ? "it has none" : "it has \(streams.prefix(10).joined(separator: ", "))"
            throw Fault(
                .sourceUnexpected, "the program's output has no stream '\(stream)'; \(known)",
                advice: "Correct stream, or the program's configuration.")
        }
        try versions.finish()
    }

    /// Hands over what there is.
    mutating func hand(over emit: SourceReading.Emit, counting summary: inout ReadingSummary) async throws(Fault) {
        try await harvest.hand(over: emit, at: Position(record: harvest.met), counting: &summary)
    }

    /// What was read and what was not, for people.
    var account: String {
        "\(harvest.met) records of \(Verdict.plain(stream, 60)) with the key \(keyProperties ?? "unknown"), "
            + "\(passed) of other streams, \(versions.dropped) of other versions"
    }

    // MARK: - Lines

    /// Whole lines: neighbours that go the same way go together.
    private mutating func read(_ text: [UInt8], _ range: Range<Int>) throws(Fault) {
        var run = (destination: Destination.none, start: range.lowerBound, line: lines + 1)
        var start = range.lowerBound
        while start < range.upperBound {
            let end = Self.lineEnd(text, start..<range.upperBound) ?? range.upperBound
            try checkLength(end - start)
            let destination = try sort(text.span.extracting(start..<end))
            if destination != run.destination {
                try send(text, run.start..<start, to: run.destination, from: run.line)
                run = (destination, start, lines + 1)
            }
            lines += 1
            start = min(end + 1, range.upperBound)
        }
        try send(text, run.start..<range.upperBound, to: run.destination, from: run.line)
    }

    private mutating func send(
        _ text: [UInt8], _ range: Range<Int>, to destination: Destination, from line: Int
    ) throws(Fault) {
        guard destination != .none, !range.isEmpty else { return }
        let parser = destination == .kept ? parser : checker
        let before = parser.document.recordCount
        do {
            if destination == .kept {
                try harvest.feed(text, range, to: parser)
            } else {
                try parser.feed(Array(text[range]), into: &checked)
                checked.removeAll()
            }
        } catch {
            throw Self.worded(error, line: line + parser.document.recordCount - before)
        }
    }

    /// Where a line goes, and what it says beside records.
    private mutating func sort(_ line: Span<UInt8>) throws(Fault) -> Destination {
        var index = 0
        if JSONText.peek(line, &index) == nil { return .none }
        let message: SingerMessage
        do {
            message = try SingerMessage(line)
        } catch {
            throw fault(
                .sourceMalformed, "is not one JSON object",
                advice: "A program writes messages to its standard output, and what is for people to standard error.")
        }
        guard let type = message.type else { throw fault(.sourceUnexpected, "has no type") }
        if SingerMessage.isText(line, type, "RECORD") { return try record(message, line) }
        if SingerMessage.isText(line, type, "STATE") {
            try note(state: message, line)
        } else if SingerMessage.isText(line, type, "SCHEMA") {
            try note(schema: message, line)
        } else if SingerMessage.isText(line, type, "ACTIVATE_VERSION") {
            try activate(message, line)
        } else {
            let name = SingerMessage.text(line, type).map { Verdict.plain($0, 40) } ?? "none"
            throw fault(
                .sourceUnexpected, "has a type that is not read: '\(name)'",
                advice: name == "BATCH"
                    ? "Have the program write its records to its output, not to files: take batch_config out of its config."
                    : "Have the program send SCHEMA, RECORD, STATE and ACTIVATE_VERSION only.")
        }
        return .passed
    }

    private mutating func record(_ message: SingerMessage, _ line: Span<UInt8>) throws(Fault) -> Destination {
        guard try isWanted(message, line) else {
            passed += 1
            return .passed
        }
        guard hasSchema else {
            throw fault(
                .sourceUnexpected, "is a record before its schema", advice: "Tell whoever maintains the program.")
        }
        guard message.hasRecord else { throw fault(.sourceUnexpected, "is a RECORD without a record") }
        let version = message.version.map { SingerMessage.written(line, $0) }
        return try placed { versions throws(Fault) in try versions.keeps(version) } ? .kept : .passed
    }

    private mutating func note(state message: SingerMessage, _ line: Span<UInt8>) throws(Fault) {
        guard let value = message.value else { throw fault(.sourceUnexpected, "is a STATE without a value") }
        guard value.count <= Self.stateBytesAtMost else {
            throw fault(.sourceTooLarge, "is a state of more than \(Self.stateBytesAtMost) bytes")
        }
        if line[value.lowerBound] != UInt8(ascii: "n") { state = SingerMessage.written(line, value) }
    }

    private mutating func note(schema message: SingerMessage, _ line: Span<UInt8>) throws(Fault) {
        if try isWanted(message, line) {
            hasSchema = true
            keyProperties = message.keyProperties.map { Verdict.plain(SingerMessage.written(line, $0), 200) }
        } else if streams.count < 10, let place = message.stream, let name = SingerMessage.text(line, place) {
            streams.append(Verdict.plain(name, 40))
        }
    }

    private mutating func activate(_ message: SingerMessage, _ line: Span<UInt8>) throws(Fault) {
        guard try isWanted(message, line) else { return }
        guard let place = message.version else {
            throw fault(.sourceUnexpected, "is an ACTIVATE_VERSION without a version")
        }
        let version = SingerMessage.written(line, place)
        try placed { versions throws(Fault) in try versions.activate(version) }
    }

    private mutating func isWanted(_ message: SingerMessage, _ line: Span<UInt8>) throws(Fault) -> Bool {
        guard let place = message.stream, line[place.lowerBound] == UInt8(ascii: "\"") else {
            throw fault(.sourceUnexpected, "does not say which stream it is of")
        }
        if Self.isEqual(line, place, token) { return true }
        guard SingerMessage.text(line, place) == stream else { return false }
        token = line.extracting(place).withUnsafeBufferPointer { Array($0) }
        return true
    }

    // MARK: - Faults

    private mutating func placed<Result>(
        _ work: (inout StreamVersions) throws(Fault) -> Result
    ) throws(Fault) -> Result {
        do {
            return try work(&versions)
        } catch {
            throw error.at(["line": String(lines + 1), "stream": stream])
        }
    }

    private func checkLength(_ count: Int) throws(Fault) {
        if count > lineLimit { throw fault(.sourceTooLarge, "is longer than \(lineLimit) bytes") }
    }

    /// A parser counts the bytes of all that it was given, and speaks of bodies and entries; what is wrong is a line.
    private static func worded(_ fault: Fault, line: Int) -> Fault {
        let place = "line \(line) of the program's output"
        let context = ["line": String(line)]
        switch fault.code {
        case .sourceEncoding:
            return Fault(
                .sourceEncoding, "\(place) is not in UTF-8",
                advice: "Tell whoever maintains the program: messages are written in UTF-8.", context: context)
        case .sourceMalformed:
            let what = fault.message.firstRange(of: ": ").map { String(fault.message[$0.upperBound...]) }
            return Fault(
                .sourceMalformed, "\(place) is not JSON: \(what ?? fault.message)",
                advice: "Tell whoever maintains the program.", context: context)
        default:
            return Fault(fault.code, "\(place): \(fault.message)", advice: fault.advice, context: context)
        }
    }

    /// What is wrong with the line at hand.
    private func fault(_ code: FaultCode, _ what: String, advice: String? = nil) -> Fault {
        Fault(
            code, "line \(lines + 1) of the program's output \(what)",
            advice: advice ?? "Tell whoever maintains the program.", context: ["line": String(lines + 1)])
    }

    private static func lineEnd(_ text: [UInt8], _ range: Range<Int>) -> Int? {
        text.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress, !range.isEmpty else { return nil }
            return memchr(start + range.lowerBound, 10, range.count).map { UnsafeRawPointer($0) - start }
        }
    }

    private static func isEqual(_ line: Span<UInt8>, _ place: Range<Int>, _ text: [UInt8]) -> Bool {
        guard place.count == text.count else { return false }
        for offset in 0..<text.count where line[place.lowerBound + offset] != text[offset] { return false }
        return true
    }
}
