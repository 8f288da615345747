import Model
import Testing

@testable import Catalog

/// Entries whose source is a program, and manifests that name one.
@Suite struct ProgramEntryTests {
    private static let manifest = """
        adapter: tap
        title: A tap
        summary: Reads.
        format: json
        program: {command: "{{command}}", stream: things, config: {size: 10, all: "{{config}}"}}
        parameters:
          command: {required: true, about: The program.}
          config: {type: document, about: Whatever it wants.}
        """

    private static let entry = """
        entry: thing
        title: 事物
        department: market
        source: {system: land, adapter: tap, with: {command: tap-things, config: CONFIG}}
        delivers: delta
        key: [id]
        fields:
          id: {title: 编号, from: /id}
        """

    private static func load(_ config: String, _ change: (inout String) -> Void = { _ in }) -> (Entry?, [String]) {
        var small = SmallCatalogue()
        small.files.manifests.append(.init(path: "tap/adapter.yaml", text: manifest))
        var text = entry.replacing("CONFIG", with: config)
        change(&text)
        small.files.entries.append(.init(path: "thing.yaml", text: text))
        let (catalogue, mistakes) = CatalogLoader().load(small.files)
        return (catalogue.entries["thing"], mistakes.map(\.description))
    }

    @Test func aDocumentIsKeptAsJSON() throws {
        let (entry, mistakes) = Self.load(
            #"{list: [1, -2.50, "3", 007, yes], none: null, flag: true, deep: {"a b": "q\"\n"}, key: {secret: land-key}}"#
        )
        #expect(mistakes == [])
        guard case .text(let text)? = entry?.source.parameters["config"] else {
            Issue.record("no document")
            return
        }
        #expect(
            text
                == #"{"list":[1,-2.50,"3","007","yes"],"none":null,"flag":true,"#
                + #""deep":{"a b":"q\"\u000a"},"key":{"secret":"land-key"}}"#)
    }

    @Test func aProgramKeepsItsOwnAccountOfChanges() throws {
        let (entry, mistakes) = Self.load("{}")
        #expect(mistakes == [])
        #expect(entry?.delivery == .delta(Entry.Delta(parameter: "", field: "")))
        let (_, given) = Self.load("{}") {
            $0.replace("delivers: delta", with: "delivers: delta\nsince: {parameter: a, field: id}")
        }
        #expect(given.count == 1 && given[0].hasPrefix("thing.yaml:6:1:"), "\(given)")
    }

    @Test func aSecretIsNamedAndNeverWritten() {
        for config in [
            "{password: hunter2-and-more}", "{a: [{b: {api_token: abcdefg12345}}]}",
            "{password: {secret: Hunter2}}", "{password: {secret: land-key, more: 1}}",
        ] {
            let (_, mistakes) = Self.load(config)
            #expect(mistakes.contains { $0.hasSuffix("[written-secret]") }, "\(config): \(mistakes)")
        }
    }

    @Test func aManifestsProgramIsChecked() {
        func mistakes(_ old: String, _ new: String) -> [String] {
            ManifestLoader().manifest(yaml: Self.manifest.replacing(old, with: new), file: "adapter.yaml").1.map {
                "\($0.line):\($0.column) \($0.rule.rawValue)"
            }
        }
        #expect(mistakes("", "") == [])
        #expect(mistakes("stream: things", "strem: things") == ["5:10 missing-key", "5:35 unknown-key"])
        #expect(mistakes("\"{{config}}\"", "\"{{confg}}\"") == ["5:75 unknown-placeholder"])
    }
}
