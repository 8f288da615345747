import Model
import Standards

/// What a line of a program's output says it is, told from the places of its members; nothing of a record is looked at.
///
/// The line is one JSON object (https://github.com/singer-io/getting-started, SPEC.md). A member given twice counts as
/// given last. What stands within its values is for the parser to check.
struct SingerMessage {
    private(set) var type: Range<Int>?
    private(set) var stream: Range<Int>?
    private(set) var version: Range<Int>?
    private(set) var value: Range<Int>?
    private(set) var keyProperties: Range<Int>?
    /// Whether there is a record, and it is an object.
    private(set) var hasRecord = false

    /// - Throws: where the line is not one object and nothing else.
    init(_ line: Span<UInt8>) throws(JSONText.Unexpected) {
        var index = 0
        try JSONText.expect(UInt8(ascii: "{"), line, &index)
        if !JSONText.skip(UInt8(ascii: "}"), line, &index) {
            repeat {
                let key = try Self.place(ofString: line, &index)
                try JSONText.expect(UInt8(ascii: ":"), line, &index)
                try note(key, JSONText.value(line, &index), line)
            } while JSONText.skip(UInt8(ascii: ","), line, &index)
            try JSONText.expect(UInt8(ascii: "}"), line, &index)
        }
        if JSONText.peek(line, &index) != nil { throw JSONText.Unexpected() }
    }

    private mutating func note(
        _ key: Range<Int>, _ value: Range<Int>, _ line: Span<UInt8>
    ) throws(JSONText.Unexpected) {
        if Self.isText(line, key, "type") {
            type = value
        } else if Self.isText(line, key, "stream") {
            stream = value
        } else if Self.isText(line, key, "record") {
            hasRecord = line[value.lowerBound] == UInt8(ascii: "{")
        } else if Self.isText(line, key, "version") {
            version = line[value.lowerBound] == UInt8(ascii: "n") ? nil : value
        } else if Self.isText(line, key, "value") {
            self.value = value
        } else if Self.isText(line, key, "key_properties") {
            keyProperties = value
        }
    }

    private static func place(
        ofString line: Span<UInt8>, _ index: inout Int
    ) throws(JSONText.Unexpected) -> Range<Int> {
        guard JSONText.peek(line, &index) == UInt8(ascii: "\"") else { throw JSONText.Unexpected() }
        return try JSONText.value(line, &index)
    }

    /// Whether a string says this, with or without escapes.
    static func isText(_ line: Span<UInt8>, _ place: Range<Int>, _ text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        if place.count == length + 2 {
            for offset in 0..<length where line[place.lowerBound + 1 + offset] != text.utf8Start[offset] {
                return false
            }
            return line[place.lowerBound] == UInt8(ascii: "\"")
        }
        return place.count > length + 2 && Self.text(line, place) == text.description
    }

    /// The content of a string; nil for any other value.
    static func text(_ line: Span<UInt8>, _ place: Range<Int>) -> String? {
        guard line[place.lowerBound] == UInt8(ascii: "\"") else { return nil }
        var index = place.lowerBound
        guard let bytes = try? JSONText.string(line, &index) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The value as it is written.
    static func written(_ line: Span<UInt8>, _ place: Range<Int>) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(place.count)
        for index in place { bytes.append(line[index]) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
