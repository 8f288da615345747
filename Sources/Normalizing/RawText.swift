import Model
import Standards

/// Calls with the trimmed value of a raw cell, unless there is none.
@inline(__always)
func withRaw<Result>(
    _ raw: RawBatch, _ record: Int, _ column: Int, otherwise: @autoclosure () -> Result,
    _ body: (Span<UInt8>, RawBatch.Kind) -> Result
) -> Result {
    let cell = raw.cell(record, column)
    switch cell.kind {
    case .missing, .null: return otherwise()
    case .true: return body(RawText.true.span, cell.kind)
    case .false: return body(RawText.false.span, cell.kind)
    case .broken:
        return body(raw.bytes.span.extracting(Int(cell.offset)..<Int(cell.offset) + Int(cell.length)), cell.kind)
    case .text, .number, .structure:
        let start = Int(cell.offset)
        let value = raw.bytes.span.extracting(start..<start + Int(cell.length))
        let inner = Blank.trim(value)
        return inner.isEmpty ? otherwise() : body(value.extracting(inner), cell.kind)
    }
}

/// A record as it was read, in one text: what the quarantine keeps and a replay reads.
enum RawText {
    static let `true` = Array("true".utf8)
    static let `false` = Array("false".utf8)
    /// A value that could not be read stays so in a replay.
    private static let brokenStart = Array(#"{"$broken":"#.utf8)

    /// A JSON object from path to raw value; what the source did not have is left out.
    static func json(_ raw: RawBatch, _ record: Int, paths: [String]) -> String {
        var output: [UInt8] = [0x7B]
        for (column, path) in paths.enumerated() {
            let cell = raw.cell(record, column)
            guard cell.kind != .missing else { continue }
            if output.count > 1 { output.append(0x2C) }
            JSONText.append(string: Array(path.utf8).span, to: &output)
            output.append(0x3A)
            let value = raw.bytes.span.extracting(Int(cell.offset)..<Int(cell.offset) + Int(cell.length))
            switch cell.kind {
            case .missing: break
            case .null: output += Array("null".utf8)
            case .true: output += `true`
            case .false: output += `false`
            case .text: JSONText.append(string: value, to: &output)
            // A structure of an XML source may be its text.
            case .structure where !isDocument(value): JSONText.append(string: value, to: &output)
            case .broken:
                output += brokenStart
                JSONText.append(string: value, to: &output)
                output.append(0x7D)
            case .number, .structure: value.withUnsafeBufferPointer { output.append(contentsOf: $0) }
            }
        }
        output.append(0x7D)
        return String(decoding: output, as: UTF8.self)
    }

    /// Whether a structure is JSON.
    private static func isDocument(_ value: Span<UInt8>) -> Bool {
        var index = 0
        guard let first = JSONText.peek(value, &index), first == 0x7B || first == 0x5B else { return false }
        guard (try? JSONText.value(value, &index)) != nil else { return false }
        return JSONText.peek(value, &index) == nil
    }

    /// The raw batch of one record that such a text describes.
    static func batch(
        _ json: [UInt8], paths: [String], locator: SourceLocator
    ) throws(JSONText.Unexpected) -> RawBatch {
        var batch = RawBatch(columns: paths.count)
        batch.beginRecord(at: locator)
        var index = 0
        try JSONText.expect(0x7B, json.span, &index)
        if JSONText.skip(0x7D, json.span, &index) { return batch }
        repeat {
            let path = String(decoding: try JSONText.string(json.span, &index), as: UTF8.self)
            try JSONText.expect(0x3A, json.span, &index)
            let column = paths.firstIndex(of: path)
            try set(column, json, &index, in: &batch)
        } while JSONText.skip(0x2C, json.span, &index)
        try JSONText.expect(0x7D, json.span, &index)
        return batch
    }

    private static func set(
        _ column: Int?, _ json: [UInt8], _ index: inout Int, in batch: inout RawBatch
    ) throws(JSONText.Unexpected) {
        let first = JSONText.peek(json.span, &index)
        let start = index
        let range = try JSONText.value(json.span, &index)
        guard let column else { return }
        var value = Array(json[range])
        let kind: RawBatch.Kind
        switch first {
        case 0x22:
            kind = .text
            var inner = start
            value = try JSONText.string(json.span, &inner)
        case 0x7B where value.starts(with: brokenStart):
            kind = .broken
            var inner = start + brokenStart.count
            value = try JSONText.string(json.span, &inner)
        case 0x7B, 0x5B: kind = .structure
        case 0x74: kind = .true
        case 0x66: kind = .false
        case 0x6E: kind = .null
        default: kind = .number
        }
        value.withUnsafeBytes { batch.set(column, kind, $0) }
    }
}
