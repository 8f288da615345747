import Model
import Testing

@testable import Parsing

/// A chunk may end anywhere, and a body may break off anywhere.
@Suite struct SplittingTests {
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let body: [UInt8]
        let specification: ParseSpecification
        var charset = CharsetHint()
        var testDescription: String { name }
    }

    static let samples: [Sample] = {
        let jsonBody =
            #"{"code":0,"rows":[{"名":"汇通\u6c47\ud83d\ude00é","n":-1.5e+10,"g": {"t":"P", "c":[ [1,2],"]}" ]},"t":true},"#
            + #"{"名":"","skip":{"a":[{}]},"n":null,"g":{"c":[[9]]}}],"total":2}"#
        let xmlBody =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!DOCTYPE r><!-- 注 --><r a='1&amp;2' xmlns:p='urn:p'><l>"
            + "<p:i id=\"甲\"><名>汇通&#x6c47;&lt;é😀</名><g>a<b>乙</b><![CDATA[]]&]]>c</g></p:i>\r\n<p:i><skip><x/></skip><名/></p:i>"
            + "</l><t>2</t><?end?></r>"
        let wide: [UInt8] = [0xFF, 0xFE] + xmlBody.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        do {
            let jsonPaths = try json("rows", ["名", "n", "g", "g.c", "g.c[0]", "t"], document: ["code", "total"])
            let xmlPaths = try xml(
                "/r/l/p:i", ["@id", "名", "g", "g/b", "g/text()"], document: ["/r/@a", "r/t"], namespaces: ["p": "urn:p"]
            )
            var markup = try xml(
                "/r/l/p:i", ["g", "名", "g/b", "."], document: ["r/t"], namespaces: ["p": "urn:p"])
            markup.markup = [0, 2, 3]
            return [
                Sample(name: "XML with markup", body: Array(xmlBody.utf8), specification: markup),
                Sample(name: "XML with markup, UTF-16", body: wide, specification: markup),
                Sample(name: "JSON", body: Array(jsonBody.utf8), specification: jsonPaths),
                Sample(
                    name: "JSON, marked", body: [0xEF, 0xBB, 0xBF] + Array(jsonBody.utf8), specification: jsonPaths),
                Sample(name: "XML", body: Array(xmlBody.utf8), specification: xmlPaths),
                Sample(name: "XML, UTF-16", body: wide, specification: xmlPaths),
                Sample(
                    name: "JSON, GBK",
                    body: Array(#"[{"a":""#.utf8) + [0xBB, 0xE3, 0xCD, 0xA8, 0x81, 0x30, 0x81, 0x30]
                        + Array(#""}]"#.utf8),
                    specification: try json("", ["a"]), charset: CharsetHint(header: "gbk")),
            ]
        } catch {
            return []
        }
    }()

    @Test(arguments: samples)
    func atEveryByte(_ sample: Sample) throws {
        let whole = try Reading(sample.body, sample.specification, charset: sample.charset)
        #expect(!whole.rows.isEmpty)
        for at in 0...sample.body.count {
            let pieces = [Array(sample.body[..<at]), Array(sample.body[at...])]
            #expect(try Reading(pieces: pieces, sample.specification, charset: sample.charset) == whole, "cut at \(at)")
        }
        for size in 1...9 {
            #expect(try Reading(sample.body, sample.specification, charset: sample.charset, chunk: size) == whole)
        }
    }

    @Test(arguments: samples)
    func truncatedAnywhere(_ sample: Sample) throws {
        for length in 0..<sample.body.count {
            let found = fault(of: Array(sample.body[..<length]), sample.specification, charset: sample.charset)
            // The first half of a byte order mark is not known as such.
            let isCutMark = length == 1 && sample.body[0] == 0xFF
            #expect(found?.code == (isCutMark ? .sourceEncoding : .sourceTruncated), "cut at \(length)")
        }
    }

    @Test func onlyWholeRecordsEnterTheBatch() throws {
        let parser = try makeParser(json("", ["a", "b"]), page: 1)
        var batch = RawBatch(columns: 2)
        try parser.feed(Array(#"[{"a":1,"b":2},{"a":3,"#.utf8), into: &batch)
        #expect(batch.count == 1)
        batch.removeAll()
        try parser.feed(Array(#""b":4}]"#.utf8), into: &batch)
        _ = try parser.finish(into: &batch)
        #expect(batch.string(0, 0) == "3")
        #expect(batch.locators == [SourceLocator(page: 1, record: 2)])
    }
}
