import Foundation
import Model
import Testing

@testable import Parsing

/// Sequences of bytes that are UTF-8 and that are not, by others (utf8tests), through each format.
@Suite(.enabled(if: SharedData.has("bad-utf8-tests/utf8tests.txt"), "there are no recordings"))
struct UTF8SuiteTests {
    static let suite = "bad-utf8-tests/utf8tests.txt"

    struct Case: Sendable {
        let number: String
        let bytes: [UInt8]
        let isValid: Bool
    }

    /// Lines are `number:valid:text`, `number:valid hex:bytes` and `number:invalid hex:bytes:…`.
    private static func cases() throws -> [Case] {
        let text = String(decoding: try SharedData.bytes(suite), as: UTF8.self)
        return try text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            let kind = parts[1].trimmingCharacters(in: .whitespaces)
            guard kind.hasSuffix("hex") else {
                return Case(number: String(parts[0]), bytes: Array(parts[2].utf8), isValid: true)
            }
            let digits = Array(parts[2].utf8).filter { $0 != 0x20 }
            let bytes = try stride(from: 0, to: digits.count, by: 2).map { index in
                try #require(UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16))
            }
            return Case(number: String(parts[0]), bytes: bytes, isValid: kind == "valid hex")
        }
    }

    @Test func everyCaseIsAcceptedOrRefused() throws {
        let cases = try Self.cases()
        #expect(cases.count == 222 && cases.filter(\.isValid).count == 77)
        for item in cases {
            // What no text of the format may hold, well encoded or not: control characters; in XML, U+FFFE and U+FFFF.
            let text = String(decoding: item.bytes, as: UTF8.self)
            let isPlain = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !#""\&<"#.unicodeScalars.contains($0) }
            let isMarkup =
                isPlain && text.unicodeScalars.allSatisfy { $0.value & 0xFFFE != 0xFFFE || $0.value > 0xFFFF }
            if !item.isValid || isPlain {
                try check(item, around: (#"[{"a":""#, #""}]"#), json("", ["a"]))
                try check(item, around: ("a,b\n1,", "\n"), csv)
            }
            if !item.isValid || isMarkup { try check(item, around: ("<r><a>", "</a></r>"), xml("/r", ["a"])) }
        }
    }

    private var csv: ParseSpecification {
        get throws {
            try ParseSpecification(
                format: .csv, records: SourcePath("", format: .csv), columns: [SourcePath("b", format: .csv)])
        }
    }

    private func check(_ item: Case, around: (String, String), _ specification: ParseSpecification) throws {
        let body = Array(around.0.utf8) + item.bytes + Array(around.1.utf8)
        for chunk in [1, body.count] {
            let found = fault(of: body, specification, chunk: chunk)
            #expect(
                (found == nil) == item.isValid, "\(item.number) as \(specification.format): \(found?.message ?? "read")"
            )
            guard item.isValid, found == nil else { continue }
            let reading = try Reading(body, specification, chunk: chunk)
            #expect(Array((reading.texts.first?.first ?? "").utf8) == item.bytes, "\(item.number)")
        }
    }
}
