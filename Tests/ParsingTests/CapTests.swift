import Foundation
import Model
import Testing

@testable import Parsing

/// Every limit of `ParseLimits`: a body that reaches it is read, one that is a byte, level or member over it is refused.
@Suite struct CapTests {
    struct Cap: Sendable, CustomTestStringConvertible {
        let name: String
        let specification: ParseSpecification
        let says: String
        /// A body that asks for so much.
        let body: @Sendable (Int) -> String
        var testDescription: String { name }
    }

    private static let limit = 40
    private static func x(_ count: Int) -> String { String(repeating: "x", count: count) }

    private static let jsonCaps: [Cap] = {
        guard let plain = try? json("rows", ["a", "b"]), let whole = try? json("", [""]) else { return [] }
        func with(_ change: (inout ParseLimits) -> Void, _ base: ParseSpecification = plain) -> ParseSpecification {
            var specification = base
            change(&specification.limits)
            return specification
        }
        let depth = with({ $0.depth = limit }, whole)
        let members = with { $0.members = limit }
        let name = with { $0.nameBytes = limit }
        let number = with { $0.numberBytes = limit }
        let value = with { $0.valueBytes = limit }
        return [
            Cap(name: "JSON, depth", specification: depth, says: "containers are nested deeper than 40") {
                String(repeating: "[", count: $0) + String(repeating: "]", count: $0)
            },
            Cap(
                name: "JSON, depth of what is skipped", specification: depth,
                says: "containers are nested deeper than 40"
            ) {
                #"[{"q":"# + String(repeating: "[", count: $0 - 2) + String(repeating: "]", count: $0 - 2) + "}]"
            },
            Cap(name: "JSON, members of a record", specification: members, says: "an object has more than 40 members") {
                #"{"rows":[{"# + (0..<$0).map { #""m\#($0)":1"# }.joined(separator: ",") + "},{}]}"
            },
            Cap(
                name: "JSON, members of what is skipped", specification: members,
                says: "an object has more than 40 members"
            ) {
                #"{"rows":[{"q":{"# + (0..<$0).map { #""m\#($0)":1"# }.joined(separator: ",") + "}}]}"
            },
            Cap(name: "JSON, a name", specification: name, says: "a member's name is longer than 40 bytes") {
                #"{"rows":[{"\#(x($0))":1}]}"#
            },
            Cap(
                name: "JSON, a name that is skipped", specification: name,
                says: "a member's name is longer than 40 bytes"
            ) {
                #"{"q":{"\#(x($0))":1}}"#
            },
            Cap(name: "JSON, a number", specification: number, says: "a number is longer than 40 bytes") {
                #"{"rows":[{"a":1\#(String(repeating: "0", count: $0 - 1))}]}"#
            },
            Cap(name: "JSON, a number that is skipped", specification: number, says: "a number is longer than 40 bytes")
            {
                #"{"q":-1.\#(String(repeating: "0", count: $0 - 3))}"#
            },
            Cap(name: "JSON, a text", specification: value, says: "a value is longer than 40 bytes") {
                #"{"rows":[{"a":"\#(x($0))"}]}"#
            },
            Cap(name: "JSON, a document as value", specification: value, says: "a value is longer than 40 bytes") {
                #"{"rows":[{"a":[ "\#(x($0 - 4))" ]}]}"#
            },
            Cap(
                name: "JSON, a record", specification: with { $0.recordBytes = limit },
                says: "a record is longer than 40 bytes"
            ) { #"{"rows":[{"a":"\#(x(20))","c":"skipped","b":"\#(x($0 - 20))"}]}"# },
        ]
    }()

    private static let xmlCaps: [Cap] = {
        guard let plain = try? xml("/r/i", ["a", "b", "@id", "*"]), let own = try? xml("/r/i", ["a/text()"]) else {
            return []
        }
        func with(_ change: (inout ParseLimits) -> Void, _ base: ParseSpecification = plain) -> ParseSpecification {
            var specification = base
            change(&specification.limits)
            return specification
        }
        let attributes = with { $0.attributes = limit }
        let name = with { $0.nameBytes = limit }
        let value = with { $0.valueBytes = limit }
        var markup = value
        markup.markup = [0]
        return [
            Cap(
                name: "XML, depth", specification: with { $0.depth = limit },
                says: "elements are nested deeper than 40"
            ) { String(repeating: "<r>", count: $0) + String(repeating: "</r>", count: $0) },
            Cap(
                name: "XML, attributes", specification: attributes,
                says: "an element has more than 40 attributes and namespaces"
            ) {
                "<r><i " + (0..<$0).map { "a\($0)='1'" }.joined(separator: " ") + "/></r>"
            },
            Cap(
                name: "XML, namespaces", specification: attributes,
                says: "an element has more than 40 attributes and namespaces"
            ) {
                "<r><q id='1' " + (1..<$0).map { "xmlns:a\($0)='u\($0)'" }.joined(separator: " ") + "/></r>"
            },
            Cap(name: "XML, a name", specification: name, says: "a name is longer than 40 bytes") {
                "<r><\(x($0))/></r>"
            },
            Cap(name: "XML, a name on a path", specification: name, says: "a name is longer than 40 bytes") {
                "<r><i><\(x($0))/></i></r>"
            },
            Cap(name: "XML, a name that is skipped", specification: name, says: "a name is longer than 40 bytes") {
                "<r><q><\(x($0))/></q></r>"
            },
            Cap(name: "XML, an attribute's name", specification: name, says: "a name is longer than 40 bytes") {
                "<r><i \(x($0))='1'/></r>"
            },
            Cap(name: "XML, a text", specification: value, says: "a value is longer than 40 bytes") {
                "<r><i><b>\(x($0 - 1))<q>1</q></b></i></r>"
            },
            Cap(
                name: "XML, an element's own text", specification: with({ $0.valueBytes = limit }, own),
                says: "a value is longer than 40 bytes"
            ) { "<r><i><a>\(x($0 - 5))<q>1</q>\(x(5))</a></i></r>" },
            Cap(name: "XML, markup", specification: markup, says: "a value is longer than 40 bytes") {
                // ["a",["q","…"]]
                "<r><i><a><q>\(x($0 - 14))</q></a></i></r>"
            },
            Cap(
                name: "XML, a record", specification: with { $0.recordBytes = limit },
                says: "a record is longer than 40 bytes"
            ) { "<r><i id='\(x(20))'><a/><b>\(x($0 - 20))</b></i></r>" },
        ]
    }()

    private static let csvCaps: [Cap] = {
        guard let column = try? SourcePath("a", format: .csv), let other = try? SourcePath("b", format: .csv) else {
            return []
        }
        func with(_ change: (inout ParseLimits) -> Void) -> ParseSpecification {
            var specification = ParseSpecification(format: .csv, records: column, columns: [column, other])
            change(&specification.limits)
            return specification
        }
        return [
            Cap(name: "CSV, a value", specification: with { $0.valueBytes = limit }, says: "a value is larger than 40")
            {
                "a,q\n1,\(x($0))\n"
            },
            Cap(
                name: "CSV, a record", specification: with { $0.recordBytes = limit },
                says: "a record is larger than 40"
            ) {
                "a,q,b\n\(x(20)),\(x(90)),\(x($0 - 20))\n"
            },
            Cap(
                name: "CSV, the header", specification: with { $0.recordBytes = limit },
                says: "a record is larger than 40"
            ) {
                "a,\(x($0 - 1))\n"
            },
        ]
    }()

    static let caps = jsonCaps + xmlCaps + csvCaps

    @Test(arguments: caps) func exactly(_ cap: Cap) {
        let allowed = fault(of: cap.body(Self.limit), cap.specification)
        #expect(allowed == nil, "\(allowed.map(String.init) ?? "")")
        let refused = fault(of: cap.body(Self.limit + 1), cap.specification)
        #expect(refused?.code == .sourceTooLarge)
        #expect(refused?.message == cap.says)
    }

    @Test func everyCapIsTried() { #expect(Self.caps.count == 25) }

    /// A tag that does not end is held up to the limit, and not a byte more.
    @Test func markup() throws {
        let limits = ParseLimits(markupBytes: 1000)
        for start in ["<i a='", "<!-- ", "<?p "] {
            let parser = try makeParser(xml("/r/i", ["a"], limits: limits), page: 1)
            var batch = RawBatch(columns: 1)
            try parser.feed(Array("<r>".utf8), into: &batch)
            try parser.feed(Array((start + Self.x(1000 - start.utf8.count)).utf8), into: &batch)
            let found = #expect(throws: Fault.self) { try parser.feed(Array("x".utf8), into: &batch) }
            #expect(found?.message == "a tag or comment is longer than 1000 bytes", "\(start)")
        }
    }

    /// libxml2 has a limit of its own, which a name on no path could reach: it is told as ours.
    @Test func aNameThatTheParserDoesNotHold() throws {
        let body = "<r><\(Self.x(60_000))/></r>"
        #expect(fault(of: body, try xml("/r/i", ["a"]))?.message == "a name is longer than 1024 bytes")
    }

    /// Names are kept while a body is read: ever new ones end with a limit, not with the memory.
    @Test func everNewNames() throws {
        let parser = try makeParser(xml("/r/i", ["a"]), page: 1)
        var batch = RawBatch(columns: 1)
        try parser.feed(Array("<r>".utf8), into: &batch)
        let found = #expect(throws: Fault.self) {
            for piece in 0..<200 {
                let elements = (0..<200).map { "<n\(piece)_\($0)_\(Self.x(900))/>" }.joined()
                try parser.feed(Array(elements.utf8), into: &batch)
            }
        }
        #expect(found?.code == .sourceTooLarge)
        #expect(found?.message == "the names are more than the parser keeps")
    }

    // MARK: - Said

    @Test func thePageSaysThem() throws {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/adapters.md").standardizedFileURL
        let text = try String(contentsOf: page, encoding: .utf8)
        let limits = ParseLimits()
        let rows = [
            "| levels of containers or elements | \(limits.depth) |",
            "| one value | \(limits.valueBytes >> 20) MiB; a CDATA section 8 MiB |",
            "| the values of one record | \(limits.recordBytes >> 20) MiB |",
            "| attributes of an element, with its namespaces | \(limits.attributes) |",
            "| members of a JSON object | \(limits.members) |",
            "| a name | \(limits.nameBytes) bytes; all of one XML body some 20 MB |",
            "| a JSON number | \(limits.numberBytes) bytes |",
            "| a tag, comment or instruction of XML | \(limits.markupBytes >> 10) KiB |",
            "| columns of separated values | \(CSVWalk.valuesAtMost) |",
            "| what a compressed value becomes | \(limits.inflatedBytes >> 30) GiB |",
            "| time of parsing | \(limits.seconds) seconds, and one more for each MiB |",
        ]
        for row in rows { #expect(text.contains(row), "\(row)") }
    }
}
