import Foundation
import Model
import Testing

@testable import Catalog

@Suite("A catalogue is loaded in one pass")
struct CatalogLoaderTests {
    @Test("What has no mistakes is loaded whole")
    func whole() {
        let (catalogue, diagnostics) = CatalogLoader().load(SmallCatalogue().files)
        #expect(diagnostics == [])
        #expect(catalogue.entries.keys.sorted() == ["firm", "penalty"])
        #expect(catalogue.entries["firm"]?.limits == Entry.Guard(removed: 0.05))
        #expect(catalogue.entries["firm"]?.schedule?.jitter == 300)
        #expect(catalogue.entries["firm"]?.source.parameters["page_size"] == .number(1000))
        #expect(catalogue.system(named: "core")?.hours == SourceSystem.Hours(from: 1200, to: 360))
        #expect(catalogue.lists["status"]?.codes[1].title == "吊销, 未注销")
    }

    @Test("A subject's key is read from every entry that gives it values")
    func subjectKey() throws {
        let (catalogue, _) = CatalogLoader().load(SmallCatalogue().files)
        let key = try #require(catalogue.subjects["entity"]?.fields.first)
        #expect(key.name == "uscc")
        #expect(key.title == "代码")
        #expect(key.rule == .value([SubjectSource(entry: "firm", field: "uscc")]))
    }

    @Test("All mistakes of all files are told at once, sorted by file and line")
    func onePass() {
        var small = SmallCatalogue()
        small.replace("grade: 2", with: "grade: 9")
        small.replace("type: decimal", with: "type: money")
        small.replace("system: land", with: "system: lnd")
        small.replace("rate: 0.5", with: "rate: 0")
        small.replace("count: penalty", with: "count: fine")
        small.replace("2011-05-23", with: "2011")
        let (catalogue, diagnostics) = CatalogLoader().load(small.files)
        #expect(
            diagnostics.map { "\($0.file):\($0.line) \($0.rule.rawValue)" } == [
                "departments.yaml:10 wrong-value", "entity.yaml:6 unknown-source", "firm.yaml:6 bad-grade",
                "firm.yaml:21 unknown-type", "penalty.yaml:4 unknown-system", "status.csv:4 bad-code-list",
            ])
        #expect(catalogue.entries.isEmpty)
        #expect(catalogue.subjects.isEmpty)
    }

    @Test("What is wrong is left out, and the rest stays")
    func partly() {
        var small = SmallCatalogue()
        small.replace("type: uscc, index: true", with: "type: usc, index: true")
        let (catalogue, diagnostics) = CatalogLoader().load(small.files)
        #expect(diagnostics.map(\.rule) == [.unknownType])
        #expect(catalogue.entries.keys.sorted() == ["firm"])
        #expect(catalogue.subjects.isEmpty, "it counts what is not there")
    }

    @Test("One entry is checked against a catalogue, in which its name may be taken by its last version")
    func oneEntry() {
        let (catalogue, _) = CatalogLoader().load(SmallCatalogue().files)
        let loader = CatalogLoader()
        let (entry, none) = loader.entry(yaml: SmallCatalogue.firm, file: "new.yaml", in: catalogue)
        #expect(none == [])
        #expect(entry == catalogue.entries["firm"])
        let wrong = SmallCatalogue.firm.replacing("system: core", with: "system: cor")
        let (nothing, diagnostics) = loader.entry(yaml: wrong, file: "new.yaml", in: catalogue)
        #expect(nothing == nil)
        #expect(diagnostics.map(\.rule) == [.unknownSystem])
        #expect(loader.entry(yaml: "a: [", file: "new.yaml", in: catalogue).1.map(\.rule) == [.syntax])
    }

    @Test("A folder that is not there is told, and nothing is loaded")
    func noFolder() {
        let nowhere = URL(fileURLWithPath: "/nowhere")
        let (catalogue, diagnostics) = CatalogLoader().load(catalog: nowhere, adapters: nowhere)
        #expect(diagnostics.map(\.rule) == [.unreadable])
        #expect(diagnostics.first?.file == "/nowhere/departments.yaml")
        #expect(catalogue.entries.isEmpty)
    }

    @Test("Every query parameter is refused as a field's name", arguments: ReservedName.all)
    func reserved(name: String) {
        let mistakes = SmallCatalogue.mistakes("  capital: {", "  \(name): {")
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasSuffix("[reserved-name]") == true)
    }

    @Test("No diagnostic repeats a secret")
    func noSecret() {
        for secret in ["hunter2", "Zq81xK04mPw7", "wangcheng-market-2026", "AKIAIOSFODNN7EXAMPLE"] {
            let mistakes =
                SmallCatalogue.mistakes("secret: core-system-key", "secret: \(secret)")
                + SmallCatalogue.mistakes("page_size: 1000", "page_size: 1000, headers: {X-Token: \(secret)}")
                + SmallCatalogue.mistakes("10.1.2.3:8443", "me:\(secret)@10.1.2.3:8443")
            #expect(mistakes.count == 3)
            #expect(mistakes.allSatisfy { $0.hasSuffix("[written-secret]") && !$0.contains(secret) })
        }
    }

    @Test(
        "What says where a secret goes is none",
        arguments: [
            ("page_parameter", "token"), ("cursor_path", "/nextPageToken1234567"), ("Accept", "application/json"),
            ("X-Region-Code", "430112"), ("Authorization", "{{token}}"), ("key", "name"),
        ])
    func noFalseAlarm(name: String, value: String) {
        #expect(!WrittenSecret.isValue(value, under: name))
    }

    @Test(
        "what says that a record was removed is a path, or the field that is read from there",
        arguments: ["SCBZ", "gone"])
    func removal(written: String) throws {
        var small = SmallCatalogue()
        small.replace("guard: {", with: "removed: {field: \(written), values: [\"1\"]}\nguard: {")
        small.replace("  updated_at:", with: "  gone: {title: 删除, from: SCBZ}\n  updated_at:")
        let (catalogue, _) = CatalogLoader().load(small.files)
        let entry = try #require(catalogue.entries["firm"])
        guard case .delta(let delta) = entry.delivery else { throw Fault(.defect, "no delta") }
        #expect(delta.removed == .init(path: "SCBZ", values: ["1"]))
    }
}
