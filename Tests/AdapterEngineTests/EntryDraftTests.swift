import Catalog
import Foundation
import Model
import Testing

@testable import AdapterEngine

@Suite("Drafts of entries")
struct EntryDraftTests {
    /// What an engineer does with a draft: fills in what says TODO.
    private func filled(_ draft: EntryDraft) -> String {
        draft.yaml.replacing("title: TODO", with: "title: 名称").replacing("department: TODO", with: "department: market")
            .replacing("system: TODO", with: "system: core").replacing("crs: TODO", with: "crs: EPSG:4547")
    }

    private func load(_ draft: EntryDraft) throws -> Entry {
        let catalogue = Catalogue(
            departments: [
                Department(
                    name: "market", title: "Market",
                    systems: [SourceSystem(name: "core", title: "Core", base: "http://core.test")])
            ],
            manifests: [
                "http-json": try Fixture.manifest("http-json"), "http-xml": try Fixture.manifest("http-xml"),
                "http-csv": try Fixture.manifest("http-csv"),
            ])
        let (entry, diagnostics) = CatalogLoader().entry(yaml: filled(draft), file: "draft.yaml", in: catalogue)
        #expect(diagnostics.map(\.description) == [], "\(draft.yaml)")
        return try #require(entry)
    }

    private func draft(
        _ body: String, url: String = "http://core.test/api/firms", records: String? = nil
    ) throws -> EntryDraft {
        try EntryDraft(body: Array(body.utf8), contentType: nil, url: url, records: records)
    }

    private static let firms = """
        {"code": "00", "msg": "ok", "data": {"total": 250, "rows": [
        {"TYSHXYDM": "91430112MA4L000035", "QYMC": "某某公司", "zczb": 100.5, "staffCount": 3, "CLRQ": "20210520",
         "updatedAt": "2026-03-01 08:00:00", "XZQH": "430112", "active": true, "tags": ["a"], "FDDBR": {"XM": "张三", "ZJHM": "11010519491231002X"}},
        {"TYSHXYDM": "N2430112MF0000013K", "QYMC": "某某村", "zczb": 7, "staffCount": 0, "CLRQ": "2021年5月20日",
         "updatedAt": "2026-03-02T08:00:00+08:00", "XZQH": "430112", "active": false, "tags": [], "FDDBR": {"XM": null, "ZJHM": "440308199901101512"}}
        ]}}
        """

    @Test("a draft of JSON names the records, the fields and their types, and loads once it is filled in")
    func json() throws {
        let draft = try draft(
            Self.firms, url: "http://u:p@core.test/api/getFirms?pageNo=1&pageSize=2&access_token=abc&type=1")
        let entry = try load(draft)
        #expect(draft.records == 2)
        #expect(!draft.yaml.contains("abc") && !draft.yaml.contains("u:p"))
        #expect(entry.name == "get-firms")
        #expect(entry.source.adapter == "http-json")
        #expect(
            entry.source.parameters == [
                "path": .text("/api/getFirms?type=1"), "records": .text("/data/rows"), "success_path": .text("/code"),
                "message_path": .text("/msg"), "total_path": .text("/data/total"), "paging": .text("page"),
                "page_parameter": .text("pageNo"), "size_parameter": .text("pageSize"), "page_size": .number(2),
            ])
        #expect(entry.key == ["tyshxydm"])
        #expect(entry.grade == 3)
        let types = Dictionary(uniqueKeysWithValues: entry.fields.map { ($0.name, $0.type) })
        #expect(
            types == [
                "tyshxydm": .uscc, "qymc": .text, "zczb": .decimal, "staff_count": .integer, "clrq": .date,
                "updated_at": .datetime, "xzqh": .division, "active": .boolean, "xm": .text, "zjhm": .citizenID,
            ])
        let identity = try #require(entry.fields.first { $0.name == "zjhm" })
        #expect(identity.source == .path("FDDBR.ZJHM") && identity.grade == 3)
        #expect(entry.fields.first { $0.name == "xm" }?.isRequired == false)
        #expect(!draft.yaml.contains("11010519491231002X"))
        #expect(draft.yaml.contains("110105********002X"))
    }

    @Test("a draft of XML in GBK finds the element that repeats, its attributes and its nested values")
    func xml() throws {
        let file = Fixture.adapters.appendingPathComponent("http-xml/transcripts/gbk-pages/page-1.xml")
        let draft = try EntryDraft(
            body: Array(try Data(contentsOf: file)), contentType: "text/xml", url: "http://core.test/residents.do")
        let entry = try load(draft)
        #expect(entry.source.adapter == "http-xml")
        #expect(entry.source.parameters["records"] == .text("/response/data/row"))
        #expect(entry.source.parameters["success_path"] == .text("/response/head/code"))
        #expect(entry.fields.map(\.source) == [.path("@id"), .path("XM"), .path("ZZ/XXDZ"), .path("MZ")])
        #expect(entry.key == ["id"])
        #expect(draft.yaml.contains("张望城"))
    }

    @Test("features of GeoJSON become fields, with the place in the system that their numbers tell")
    func geometry() throws {
        let degrees = try load(
            try draft(
                #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a1","properties":{"name":"x"},"#
                    + #""geometry":{"type":"Point","coordinates":[112.8,28.3]}}]}"#))
        #expect(degrees.fields.map(\.name) == ["id", "name", "geometry"])
        #expect(degrees.fields.map(\.type) == [.text, .text, .point])
        #expect(degrees.fields.last?.crs == "OGC:CRS84")
        let metres = try draft(
            #"[{"id":"a1","shape":{"type":"Polygon","coordinates":[[[384316.4,3138903.7],[1,1],[2,2],[384316.4,3138903.7]]]}}]"#
        )
        #expect(metres.yaml.contains("crs: TODO"))
        #expect(try load(metres).fields.last?.type == .geometry)
    }

    @Test("names of sources that are no names of ours")
    func names() throws {
        let draft = try draft(
            #"[{"limit": 1, "x.y": 2, "企业名称": "a", "1st": true, "a": {"name": 1}, "b": {"name": 2}, "it's": "#
                + #"null, "id": 7, "note: # x": "a: b #"}]"#)
        let entry = try load(draft)
        #expect(
            entry.fields.map(\.name) == [
                "record_limit", "x_y", "field_3", "field_1st", "name", "b_name", "it_s", "id", "note_x",
            ])
        #expect(entry.fields[1].source == .path("$['x.y']"))
        #expect(entry.fields[2].title == "企业名称")
        #expect(entry.fields[6].source == .path("$['it\\'s']"))
        #expect(entry.fields[8].source == .path("$['note: # x']"))
    }

    @Test("where nothing identifies a record, the draft says so")
    func noKey() throws {
        let draft = try draft(#"[{"a": "x"}, {"a": "x"}]"#)
        #expect(draft.yaml.contains("key: [TODO]"))
    }

    @Test("codes of one length identify records, whatever they are called")
    func codes() throws {
        let draft = try draft(#"[{"lei": "001GPB6A9XPE", "n": "a b"}, {"lei": "004L5FPTUREI", "n": "c d"}]"#)
        #expect(try load(draft).key == ["lei"])
    }

    @Test("the text beside attributes is called as its element")
    func mixedText() throws {
        let body = "<r><row><id>1</id><name lang='zh'>甲</name></row><row><id>2</id><name lang='zh'>乙</name></row></r>"
        let entry = try load(try draft(body))
        #expect(entry.fields.map(\.name) == ["id", "lang", "name"])
        #expect(entry.fields.last?.source == .path("name/text()"))
    }

    @Test("of a list the draft shows how one becomes a field")
    func lists() throws {
        let json = try draft(
            #"[{"id": "a", "tags": ["x"], "none": [], "phones": [{"type": "fax", "value": "1"}, {"type": "tel", "value": "2"}],"#
                + #""parts": [{"size": {"w": 1}, "a-b": 7}]}]"#)
        for path in ["tags[0]", "phones[?(@.type=='fax')].value", "parts[0].a-b"] {
            #expect(json.yaml.contains("one of it is, for example from: \"\(path)\""), "\(path): \(json.yaml)")
        }
        #expect(
            json.yaml.contains("# none: {title: none, type: text}  # a list: no field yet\n")
                || json.yaml.hasSuffix("yet"))
        let xml = try draft(
            "<r><row><id>1</id><tel><lx>fax</lx><no>1</no></tel><tel><lx>tel</lx><no>2</no></tel><t>a</t><t>b</t></row>"
                + "<row><id>2</id></row></r>")
        for path in ["tel[lx='fax']/no", "t[1]"] {
            #expect(xml.yaml.contains("one of it is, for example from: \"\(path)\""), "\(path): \(xml.yaml)")
        }
    }

    @Test(
        "days whose year comes last are read where a number tells which of the others is the month",
        arguments: [
            (["06/13/2012", "01/02/2012"], "type: date, format: MM/dd/yyyy"),
            (["13.06.2012"], "type: date, format: dd.MM.yyyy"),
            (["01/02/2012", "03/04/2012"], "type: text"), (["06/13/2012", "13/06/2012"], "type: text"),
            (["06/13/2012", "x"], "type: text"),
        ])
    func dayOrder(values: [String], says: String) throws {
        let rows = values.enumerated().map { "{\"id\": \"a\($0)\", \"d\": \"\($1)\"}" }.joined(separator: ",")
        let draft = try draft("[\(rows)]")
        #expect(draft.yaml.contains("d: {title: d, \(says)}"), "\(draft.yaml)")
        _ = try load(draft)
    }

    @Test("codes are no numbers, and divisions of provinces and prefectures are told")
    func references() throws {
        let rows = "code,provinceCode,cityCode,supplierId,HYDM,capacity,sold\n1,11,1101,7,5,12,3\n2,43,4301,7,5,13,4\n"
        let entry = try load(try draft(rows, url: "http://core.test/a.csv"))
        let types = entry.fields.map(\.type)
        #expect(types == [.text, .division, .division, .text, .text, .integer, .integer])
    }

    @Test("records can be named by the engineer")
    func records() throws {
        let body = #"{"big": [{"a": 1}, {"a": 2}], "small": {"list": [{"id": "x"}]}}"#
        #expect(try draft(body).records == 2)
        let entry = try load(try draft(body, records: "small.list"))
        #expect(entry.source.parameters["records"] == .text("/small/list"))
        #expect(entry.fields.map(\.name) == ["id"])
        let fault = #expect(throws: Fault.self) { _ = try draft(body, records: "/small/none") }
        #expect(fault?.code == .badParameter)
    }

    @Test("separated values become an entry of http-csv, with the header's names as paths")
    func csv() throws {
        let draft = try draft(
            "企业名称,统一社会信用代码,注册资本,成立 日期\r\n\"某某,公司\",91430112MA4L000035,100.5,2021-05-20\r\n"
                + "乙,N2430112MF0000013K,7,2021/6/1\r\n",
            url: "http://core.test/export.csv?pageNo=1")
        let entry = try load(draft)
        #expect(draft.records == 2)
        #expect(entry.source.adapter == "http-csv")
        #expect(
            entry.source.parameters == [
                "path": .text("/export.csv"), "paging": .text("page"), "page_parameter": .text("pageNo"),
            ])
        #expect(entry.fields.map(\.type) == [.text, .uscc, .decimal, .date])
        #expect(
            entry.fields.map(\.source) == [
                .path("企业名称"), .path("统一社会信用代码"), .path("注册资本"), .path("成立 日期"),
            ])
        #expect(entry.key == ["field_2"])
    }

    @Test("separators other than commas, rows without header, and GBK that nobody names")
    func csvForms() throws {
        let tabs = try load(try draft("1\tA00001\tx\n2\tB00002\ty\n"))
        #expect(tabs.source.parameters["separator"] == .text("tab"))
        #expect(tabs.source.parameters["header"] == .flag(false))
        #expect(tabs.fields.map(\.source) == [.path("1"), .path("2"), .path("3")])
        let file = Fixture.adapters.appendingPathComponent("http-csv/transcripts/gbk-export/export.csv")
        let gbk = try EntryDraft(
            body: Array(try Data(contentsOf: file)), contentType: "text/csv", url: "http://core.test/export")
        let entry = try load(gbk)
        #expect(entry.source.parameters["charset"] == .text("GB18030"))
        #expect(entry.fields.first?.source == .path("编号"))
        let named = try EntryDraft(
            body: Array("name\nA\nB\n".utf8), contentType: "text/csv; charset=utf-8", url: "http://core.test/names")
        #expect(named.records == 2)
    }

    @Test("a document a line becomes an entry of http-json with lines")
    func lines() throws {
        let body = "{\"id\": \"a\", \"n\": {\"x\": 1}}\n\n{\"id\": \"b\", \"n\": {\"x\": 2}}\n"
        let entry = try load(try draft(body))
        #expect(entry.source.adapter == "http-json")
        #expect(entry.source.parameters == ["path": .text("/api/firms"), "lines": .flag(true)])
        #expect(entry.fields.map(\.source) == [.path("id"), .path("n.x")])
        let one = try EntryDraft(
            body: Array(#"{"id": "a"}"#.utf8), contentType: "application/x-ndjson", url: "http://core.test/one")
        #expect(try load(one).source.parameters["lines"] == .flag(true))
        let fault = #expect(throws: Fault.self) { _ = try draft("{\"a\": 1}\n{\"a\": 2}\n{\"a\": \n") }
        #expect(fault?.code == .sourceMalformed && fault?.context["line"] == "3")
    }

    @Test(
        "identifiers of the national standards are told by their form, where it leaves no doubt",
        arguments: [
            ("zzjgdm", ["MA4L00003", "12345678-8"], FieldType.organisationCode),
            ("a", ["MA4L0000-3"], .organisationCode), ("a", ["123456788"], .text),
            ("a", ["13812345678", "13912345678"], .phone), ("no", ["13812345678", "13912345678"], .text),
            ("lxdh", ["88887777", "0731-88887777"], .phone), ("a", ["88887777", "88887778"], .text),
            ("a", ["https://example.gov.cn/a", "http://b.example/"], .url), ("a", ["example.gov.cn"], .text),
            ("a", ["11100000MB0143028R001", "11100000013338W011"], .text),
            ("a", ["11100000MB0143028R001", "11100000000013338W011"], .certificateType),
            ("a", ["430112001002GB00001F00010001"], .realEstateUnit),
            ("a", ["1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"], .certificateID),
        ])
    func identifiers(name: String, values: [String], type: FieldType) throws {
        let rows = values.map { "{\"\(name)\": \"\($0)\"}" }.joined(separator: ",")
        let draft = try draft("[\(rows)]")
        #expect(draft.yaml.contains("type: \(type.rawValue)"), "\(draft.yaml)")
        #expect(type != .phone || draft.yaml.contains("\ngrade: 3"))
    }

    @Test(
        "what is no list of records is refused, with what it is",
        arguments: [
            ("<!DOCTYPE html><html><body>login</body></html>", FaultCode.sourceUnexpected),
            ("hello", .sourceUnexpected), ("Dear all,\nno, not today, or yet.\n", .sourceUnexpected),
            ("[]", .sourceUnexpected), ("{\"a\": [1, 2", .sourceMalformed), ("<a><b></a>", .sourceMalformed),
            ("{\"a\": nil}", .sourceMalformed),
        ])
    func refusals(body: String, code: FaultCode) {
        let fault = #expect(throws: Fault.self) { _ = try draft(body) }
        #expect(fault?.code == code)
    }
}
