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

    @Test(
        "what is no list of records is refused, with what it is",
        arguments: [
            ("<!DOCTYPE html><html><body>login</body></html>", FaultCode.sourceUnexpected),
            ("hello", .sourceUnexpected),
            ("[]", .sourceUnexpected), ("{\"a\": [1, 2", .sourceMalformed), ("<a><b></a>", .sourceMalformed),
            ("{\"a\": nil}", .sourceMalformed),
        ])
    func refusals(body: String, code: FaultCode) {
        let fault = #expect(throws: Fault.self) { _ = try draft(body) }
        #expect(fault?.code == code)
    }
}
