import Foundation
import Hummingbird
import Model
import Store
import Testing

@testable import Gateway

@Suite struct RepresentationTests {
    @Test(arguments: [
        (nil, false, "application/json"), ("*/*", false, "application/json"), ("*/*", true, "application/geo+json"),
        (nil, true, "application/geo+json"), ("application/json", true, "application/json"),
        ("application/geo+json, application/json", false, "application/geo+json"),
        ("text/csv", true, "text/csv; charset=utf-8"), ("text/html, */*;q=0.8", true, "application/geo+json"),
        ("application/x-ndjson;q=0.9, application/json;q=0.5", true, "application/x-ndjson"),
        ("application/json;q=0, */*", false, "application/geo+json"),
    ])
    func `Accept chooses the form`(accept: String?, isSpatial: Bool, expected: String) async throws {
        var headers: HTTPFields = [:]
        headers[.accept] = accept
        let gateway = try Samples.gateway(Samples.store(isSpatial: isSpatial))
        let answer = try await ask("/collections/enterprise/items", gateway, headers: headers)
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == expected)
    }

    @Test func `what is not served is not acceptable`() async throws {
        let answer = try await ask("/collections/enterprise/items", headers: [.accept: "text/html"])
        #expect(answer.status == 406)
        #expect(answer.code == "request.not-acceptable")
    }

    @Test func `a feature has its place as geometry and its id twice`() async throws {
        let gateway = try Samples.gateway(Samples.store(isSpatial: true))
        let answer = try await ask("/collections/enterprise/items?properties=name", gateway)
        let feature = try #require(try answer.list("features").first)
        #expect(feature["id"] as? String == "r1")
        let geometry = try #require(feature["geometry"] as? [String: Any])
        #expect(geometry["coordinates"] as? [Double] == [112.9, 28.2])
        let properties = try #require(feature["properties"] as? [String: Any])
        #expect(Set(properties.keys) == ["_id", "name", "_revision", "_publishedAt"])
    }

    @Test func `records without a place are features without geometry`() async throws {
        let answer = try await ask("/collections/enterprise/items?f=geojson")
        #expect(try answer.list("features").allSatisfy { $0["geometry"] is NSNull })
    }

    @Test func `lines are one record each, with the next page in a header`() async throws {
        let answer = try await ask("/collections/enterprise/items?f=ndjson&limit=1")
        #expect(answer.text.hasSuffix("}\n"))
        #expect(answer.text.split(separator: "\n").count == 1)
        #expect(answer.headers[.link]?.contains("rel=\"next\"") == true)
    }

    @Test func `CSV quotes texts, disarms formulas and leaves numbers bare`() async throws {
        let answer = try await ask("/collections/enterprise/items?f=csv")
        let expected = """
            _id,uscc,name,capital,staff,active,phone,_revision,_publishedAt,_stale\r
            "r1","91430100MA4L1E2345","岳麓""甲""\n公司\u{1}",1200.50,12,true,"138****0000",1,2026-11-23T10:00:00+08:00,\r
            "r2","91430100MA4L1E2346","'=HYPERLINK(""x"")",,-3,false,,2,2026-11-23T10:00:00+08:00,true\r

            """
        #expect(answer.text == expected)
    }

    /// What a spreadsheet runs, and what it does not; a program that takes one apostrophe away has the text as it was.
    @Test(arguments: [
        ("=1+1", true), ("+86 731", true), ("-", true), ("@SUM(A1)", true), ("\t=1", true), ("\r=1", true),
        ("\n=1", true),
        ("'=1", true), ("'", true), ("''", true), ("＝1", true), ("＋1", true), ("－1", true), ("＠a", true),
        ("a=1", false), ("a-2", false), ("ａ", false), ("＞1", false), ("", false), ("\u{FEFF}=1", false), ("《=》", false),
        ("\"=1", false), ("\u{F000}", false),
    ])
    func `a guarded text can be had back`(text: String, isGuarded: Bool) throws {
        let fields = [CollectionField(name: "a", title: "a", type: .text)]
        let page = Samples.page(fields, [(id: "=id", cells: [.text(text)])])
        for form in [CSVLines(fields, isForExcel: false), CSVLines(fields, isForExcel: true)] {
            var piece = PagePiece(PageFrame(.csv, form, list: ""))
            page.forEachRow { piece.append($0) }
            let line = String(buffer: piece.buffer).split(separator: ",", maxSplits: 1)
            #expect(line[0] == "\"'=id\"")
            let written = line[1].prefix(line[1].count - ",1,2026-11-23T10:00:00+08:00,\r\n".count)
            #expect(written.first == "\"" && written.last == "\"")
            let value = written.dropFirst().dropLast().replacing("\"\"", with: "\"")
            #expect(value == (isGuarded ? "'" : "") + text)
        }
    }

    @Test func `identifiers survive Excel`() async throws {
        let row: [Samples.Cell] = [
            .text("914301001E23456789"), .text("0731"), .text("12.5"), .null, .null, .text("110101199001011234"), .null,
        ]
        let gateway = try Samples.gateway(Samples.store(rows: [row]))
        let answer = try await ask("/collections/enterprise/items?f=csv&bom=true", gateway)
        #expect(Array(answer.text.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
        #expect(answer.text.contains("\"\t914301001E23456789\",\"\t0731\",12.5,,,\"\t110101199001011234\""))
    }

    @Test func `a masked number is a string, not broken JSON`() async throws {
        let row: [Samples.Cell] = [
            .text("x"), .text("a"), .text("***"), .text("1**"), .null, .text("007"), .null,
        ]
        let answer = try await ask(
            "/collections/enterprise/items", try Samples.gateway(Samples.store(rows: [row])))
        let item = try #require(try answer.list("items").first)
        #expect(item["capital"] as? String == "***")
        #expect(item["staff"] as? String == "1**")
    }

    @Test(arguments: ["json", "geojson", "ndjson", "csv"], [true, false])
    func `a large page is streamed where it can be, and is the same`(form: String, keeps: Bool) async throws {
        let long = String(repeating: "汇", count: 800)
        let row: [Samples.Cell] = [.text("u"), .text(long), .text("1"), .integer(1), .integer(1), .null, .null]
        var store = Samples.store(rows: [[Samples.Cell]](repeating: row, count: 1_001))
        store.keeps = keeps
        let answer = try await ask("/collections/enterprise/items?limit=1000&f=\(form)", Samples.gateway(store))
        #expect((answer.headers[.contentLength] == nil) == keeps)
        if form == "ndjson" || form == "csv" {
            #expect(answer.headers[.link]?.contains("rel=\"next\"") == true)
        }
        switch form {
        case "json": #expect(try answer.list("items").count == 1_000)
        case "geojson": #expect(try answer.list("features").count == 1_000)
        case "ndjson": #expect(answer.text.split(separator: "\n").count == 1_000)
        default: #expect(answer.text.split(separator: "\r\n").count == 1_001)
        }
        #expect(answer.text.split(separator: "r1000\"").count >= 2)
    }

    @Test func `every byte below the blank is escaped as JSON asks`() throws {
        let text = String(decoding: (0..<0x80).map { UInt8($0) }, as: UTF8.self) + "中\u{2028}😀"
        let row: [Samples.Cell] = [.text(text), .null, .null, .integer(.min), .integer(.max), .null, .null]
        let page = Samples.page(Samples.fields, [(id: "a", cells: row)])
        var buffer = ByteBuffer()
        page.forEachRow { JSONRows(page.fields).append($0, to: &buffer) }
        let parsed = try JSONSerialization.jsonObject(with: Data(buffer.readableBytesView)) as? [String: Any]
        #expect(parsed?["uscc"] as? String == text)
        #expect(parsed?["staff"] as? Int64 == .min)
    }

    @Test(arguments: [
        ("0", true), ("-0.5", true), ("12.50", true), ("007", false), ("1.", false), (".5", false), ("-", false),
        ("", false), ("1e5", false), ("1,5", false),
    ])
    func `only JSON's numbers are numbers`(text: String, isNumber: Bool) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBytes { CellStyle.isNumber($0) } == isNumber)
    }
}
