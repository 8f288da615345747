import Foundation
import Model
import Testing

@testable import Parsing

@Suite("Documents within documents")
struct WrappedDocumentTests {
    private func wrapped(
        _ records: String, in wrapper: String, _ outer: SourceFormat = .xml, steps: [Wrapping.Step] = [],
        inner: SourceFormat = .xml, columns: [String], values: [String] = [], limits: ParseLimits = ParseLimits()
    ) throws -> ParseSpecification {
        let path = try SourcePath(wrapper, format: outer)
        let (holder, value) = outer == .xml ? (path, try SourcePath(".", format: .xml)) : path.split
        return ParseSpecification(
            format: inner, records: try SourcePath(records, format: inner),
            columns: try columns.map { try SourcePath($0, format: inner) },
            wrapping: Wrapping(
                records: holder, value: value, steps: steps,
                values: values.map {
                    Wrapping.Value(
                        outer: try? SourcePath($0, format: outer), inner: try? SourcePath($0, format: inner))
                }), limits: limits)
    }

    private func read(_ body: [UInt8], _ specification: ParseSpecification, chunk: Int = .max) throws -> (
        rows: [[String?]], numbers: [Int32], values: [String?], hasRecords: Bool
    ) {
        let parser = try makeParser(specification, page: 1)
        var batch = RawBatch(columns: specification.columns.count)
        for piece in Reading.cut(body, every: min(chunk, max(body.count, 1))) { try parser.feed(piece, into: &batch) }
        let values = try parser.finish(into: &batch)
        let count = specification.wrapping?.values.count ?? 0
        return (
            (0..<batch.count).map { record in (0..<batch.columns).map { batch.string(record, $0) } },
            batch.locators.map(\.record), (0..<count).map { values[$0] }, values.hasRecords
        )
    }

    private let inner = "<?xml version=\"1.0\" encoding=\"GBK\"?><r><code>00</code><row>甲</row><row>乙</row></r>"

    @Test("the layout around a document in text is none of the document's")
    func layout() throws {
        let wanted = try wrapped("/r/row", in: "/e/return", columns: ["."])
        let body = Array("<e><return><![CDATA[\r\n\t \(inner)\n]]></return></e>".utf8)
        #expect(try read(body, wanted).rows == [["甲"], ["乙"]])
    }

    @Test("a section's own declaration does not count, in whatever pieces it arrives")
    func declaration() throws {
        let body = Array("<e><code>7</code><return><![CDATA[\(inner)]]></return></e>".utf8)
        let wanted = try wrapped("/r/row", in: "/e/return", columns: ["."], values: ["/e/code", "/r/code", "/none"])
        for chunk in [1, 2, 7, 64, Int.max] {
            let found = try read(body, wanted, chunk: chunk)
            #expect(found.rows == [["甲"], ["乙"]])
            #expect(found.values == ["7", "00", nil])
        }
    }

    @Test("several wrapped documents number their records on")
    func several() throws {
        let body = Array("<e><d><![CDATA[<r><i>1</i></r>]]></d><d>&lt;r&gt;&lt;i&gt;2&lt;/i&gt;&lt;/r&gt;</d></e>".utf8)
        let found = try read(body, try wrapped("/r/i", in: "/e/d", columns: ["."]))
        #expect(found.rows == [["1"], ["2"]])
        #expect(found.numbers == [1, 2])
    }

    @Test("JSON in a string of JSON, and the value around it")
    func json() throws {
        let body = Array(#"{"code":"00","data":"{\"rows\":[{\"a\":1},{\"a\":\"二\"}],\"total\":2}"}"#.utf8)
        let wanted = try wrapped(
            "/rows", in: "/data", .json, inner: .json, columns: ["a"], values: ["/code", "/total"])
        let found = try read(body, wanted)
        #expect(found.rows == [["1"], ["二"]])
        #expect(found.values == ["00", "2"])
    }

    @Test("base64 of GBK keeps its own declaration")
    func base64() throws {
        let gbk: [UInt8] =
            Array("<?xml version=\"1.0\" encoding=\"GBK\"?><r><i>".utf8) + [0xBC, 0xD7]
            + Array("</i></r>".utf8)
        let text = Data(gbk).base64EncodedString()
        let body = Array("<e><d>\(text.prefix(20))\n  \(text.dropFirst(20))</d></e>".utf8)
        let found = try read(body, try wrapped("/r/i", in: "/e/d", steps: [.base64], columns: ["."]))
        #expect(found.rows == [["甲"]])
    }

    @Test("no value, or an empty one, is a document without records")
    func nothing() throws {
        for body in ["<e/>", "<e><d/></e>", "<e><d></d></e>"] {
            let found = try read(Array(body.utf8), try wrapped("/r/i", in: "/e/d", columns: ["."]))
            #expect(found.rows.isEmpty && !found.hasRecords)
        }
    }

    @Test(
        "a wrapped document that is none is a fault",
        arguments: [
            ("<e><d>&lt;r&gt;&lt;i&gt;</d></e>", FaultCode.sourceTruncated, [Wrapping.Step]()),
            ("<e><d>no xml</d></e>", .sourceUnexpected, []), ("<e><d>%%%</d></e>", .sourceMalformed, [.base64]),
            ("<e><d>AAAA</d></e>", .sourceMalformed, [.base64, .gzip]),
        ])
    func broken(body: String, code: FaultCode, steps: [Wrapping.Step]) throws {
        let wanted = try wrapped("/r/i", in: "/e/d", steps: steps, columns: ["."])
        let fault = #expect(throws: Fault.self) { _ = try read(Array(body.utf8), wanted) }
        #expect(fault?.code == code)
        #expect(fault?.context["wrapper"] == ".")
    }

    /// 64 KB of zeros in 99 bytes of gzip.
    private static let bomb = """
        H4sIAAAAAAACA+3BAQEAAACAkP6v7ggKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\
        AAAAAAAAAAAAAAAAauuOl9cAAAEA
        """

    @Test("what inflates beyond the limit is refused")
    func inflated() throws {
        let wanted = try wrapped(
            "/r/i", in: "/e/d", steps: [.base64, .gzip], columns: ["."], limits: ParseLimits(inflatedBytes: 1 << 10))
        let fault = #expect(throws: Fault.self) { _ = try read(Array("<e><d>\(Self.bomb)</d></e>".utf8), wanted) }
        #expect(fault?.code == .sourceTooLarge)
    }
}

@Suite("Values that need a second look")
struct SecondLookTests {
    @Test("a filter chooses the first object that fits")
    func filter() throws {
        let body = #"""
            {"links": [{"rel": "self", "href": "a"}, {"rel": "next", "href": "b"}, {"rel": "next", "href": "c"}],
             "rows": [{"ids": [{"system": "x", "value": "1"}, {"system": "y", "value": 2.50}]}, {"ids": []},
                      {"ids": "none"}, {}]}
            """#
        let reading = try Reading(
            body,
            try json("/rows", ["ids[?(@.system=='y')].value"], document: ["links[?(@.rel=='next')].href"]))
        #expect(reading.rows == [["number:2.50"], ["missing:"], ["text:none"], ["missing:"]])
        #expect(reading.document == ["b"])
    }

    @Test("each of several filters chooses for itself, whatever array it chooses from")
    func filters() throws {
        let body = #"""
            [{"ids": [{"system": "x", "value": "1", "on": [{"k": 1, "v": "a"}, {"k": true, "v": "b"}]},
                      {"system": "y", "value": null, "use": {"code": "z"}}, {"value": "3"}, "no object", {"system": "x", "value": "4"}],
              "links": [{"rel": "x", "href": "h"}]},
             {"ids": {"system": "x", "value": "5"}, "links": []}]
            """#
        let paths = [
            "ids[?(@.system=='y')].value", "ids[?(@.system=='x')].value", "links[?(@.rel=='x')].href",
            "ids[?(@.system=='x')].on[?(@.k=='true')].v", "ids[?(@.system=='x')].on[?(@.k=='1')].v",
            "ids[?(@.use.code=='z')].system", "ids[?(@.value=='3')].system", "ids[?(@.system=='x')].value",
            "links[?(@.rel=='y')].href", "ids[0].value",
        ]
        let reading = try Reading(body, try json("", paths))
        #expect(
            reading.rows[0] == [
                "null:", "text:1", "text:h", "text:b", "text:a", "text:y", "missing:", "text:1", "missing:", "text:1",
            ])
        #expect(Set(reading.rows[1].prefix(2)) == ["missing:", "text:5"], "an object counts as a list of one")
    }

    @Test("a field is read out of a document that is a value, and what cannot be opened is broken")
    func opened() throws {
        let body = #"""
            [{"d": "{\"p\": {\"name\": \"甲\"}}", "x": "<a><b>1</b></a>"}, {"d": "{", "x": "<a>"}, {"d": "", "x": null},
             {"d": "{\"p\": 1}", "x": "<a/>"}]
            """#
        let reading = try Reading(body, try json("", ["d{json}/p/name", "x{xml}/a/b", "d"]))
        #expect(
            reading.rows.map { Array($0.prefix(2)) } == [
                ["text:甲", "text:1"], ["broken:{", "broken:<a>"], ["text:", "null:"], ["missing:", "missing:"],
            ])
        #expect(reading.rows[0][2].hasPrefix("text:{"))
    }

    @Test("in whatever pieces a body arrives, the values found are the same")
    func pieces() throws {
        let body = Array(#"[{"d":"{\"n\":\"甲\"}","l":[{"k":"a","v":1},{"k":"b","v":2}]}]"#.utf8)
        let wanted = try json("", ["d{json}n", "l[?(@.k=='b')].v"])
        let whole = try Reading(body, wanted)
        #expect(whole.rows == [["text:甲", "number:2"]])
        for size in 1..<body.count { #expect(try Reading(body, wanted, chunk: size) == whole) }
    }
}
