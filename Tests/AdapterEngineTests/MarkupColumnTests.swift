import Catalog
import Model
import Parsing
import Testing

@testable import AdapterEngine

/// Geometries of XML sources come with their markup, all else as text.
@Suite struct MarkupColumnTests {
    private func plan(_ fields: [Field]) throws -> SourcePlan {
        let entry = Entry(
            name: "parcels", title: "宗地", department: "land",
            source: Entry.Source(
                system: "core", adapter: "http-xml", parameters: ["path": .text("/wfs"), "records": .text("/r/i")]),
            key: ["id"], fields: fields)
        return try SourcePlan(
            entry: entry, system: SourceSystem(name: "core", title: "Core", base: "http://core.test"),
            manifest: Fixture.manifest("http-xml"), secrets: Secrets { _ in nil }, watermark: nil, snapshot: true)
    }

    @Test func geometriesKeepTheirMarkup() throws {
        let plan = try plan([
            Field(name: "id", title: "编号", source: .path("@id")),
            Field(name: "shape", title: "界线", source: .path("shape"), type: .geometry),
            Field(name: "note", title: "说明", source: .path("note")),
            Field(name: "centre", title: "中心", source: .alternatives(["centre", "middle"]), type: .point),
            Field(name: "x", title: "位置", source: .coordinates(x: "x", y: "y"), type: .point),
        ])
        let answer = plan.pages.answer
        #expect(answer.specification.markup == [1, 3, 4])
        let parser = try answer.makeParser(page: 1, contentType: nil)
        var batch = RawBatch(columns: answer.specification.columns.count)
        let body = """
            <r><i id="1"><shape><Point srsName="EPSG:4490"><pos>112.82 28.36</pos></Point></shape>
            <note>a<b>c</b></note><centre>112.82,28.36</centre><x>1</x><y>2</y></i></r>
            """
        try parser.feed(Array(body.utf8), into: &batch)
        _ = try parser.finish(into: &batch)
        #expect(
            (0..<7).map { batch.string(0, $0) } == [
                "1", #"["shape",["Point",{"srsName":"EPSG:4490"},["pos","112.82 28.36"]]]"#, "ac", "112.82,28.36", nil,
                "1", "2",
            ])
    }
}
