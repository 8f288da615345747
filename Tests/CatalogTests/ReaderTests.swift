import Model
import Testing

@testable import Catalog

@Suite("A YAML file is read to its end, whatever is wrong on the way")
struct ReaderTests {
    @Test("A key written twice is reported at its second place, in block and flow mappings alike")
    func duplicateKeys() throws {
        var reader = Reader(file: "x.yaml")
        let text = """
            title: a
            fields: {名称: 1, "b": 2, 名称: 3, b: 4, b: 5}
            title: c
            """
        let mappingFound = reader.document(text)
        let mapping = try #require(mappingFound)
        let fieldsFound = reader.mapping(mapping["fields"]!)
        let fields = try #require(fieldsFound)
        #expect(fields.pairs.map(\.key) == ["名称", "b"])
        #expect(
            reader.diagnostics.map(\.description) == [
                "x.yaml:3:1: `title` is written twice. Keep one of them: the first stands in line 1. [duplicate-key]",
                "x.yaml:2:25: `名称` is written twice. Keep one of them: the first stands in line 2. [duplicate-key]",
                "x.yaml:2:32: `b` is written twice. Keep one of them: the first stands in line 2. [duplicate-key]",
                "x.yaml:2:38: `b` is written twice. Keep one of them: the first stands in line 2. [duplicate-key]",
            ])
    }

    @Test("An unknown key names the nearest and all known ones")
    func unknownKey() throws {
        var reader = Reader(file: "x.yaml")
        let mappingFound = reader.document("\n  tilte: a\n")
        let mapping = try #require(mappingFound)
        reader.check(mapping, of: "an entry", keys: ["title", "summary"])
        #expect(
            reader.diagnostics.map(\.description) == [
                "x.yaml:2:3: an entry has no key `tilte`. Did you mean `title`? Known: title, summary. [unknown-key]"
            ])
    }

    @Test("What is not YAML is reported where the parser stopped")
    func syntax() {
        var reader = Reader(file: "x.yaml")
        #expect(reader.document("a: b\nc: {d\n") == nil)
        #expect(reader.diagnostics.map(\.rule) == [.syntax])
        #expect(reader.diagnostics.first?.line == 3)
    }

    @Test("Aliases unfold up to a limit, and not beyond", arguments: [(10, 4, true), (10, 5, false), (2, 60, false)])
    func aliases(width: Int, levels: Int, isRead: Bool) {
        var text = "a0: &a0 [\(Array(repeating: "x", count: width).joined(separator: ", "))]\n"
        for level in 1..<levels {
            let aliases = Array(repeating: "*a\(level - 1)", count: width).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        var reader = Reader(file: "x.yaml")
        #expect((reader.document(text) != nil) == isRead)
        let says =
            "x.yaml:1:1: the file unfolds into more than 100000 values. Write fewer aliases (`*name`), or none. [syntax]"
        #expect(reader.diagnostics.map(\.description) == (isRead ? [] : [says]))
    }

    @Test("An empty file and a list are not a mapping", arguments: ["", "# nothing\n", "- a\n", "a"])
    func notAMapping(text: String) {
        var reader = Reader(file: "x.yaml")
        #expect(reader.document(text) == nil)
        #expect(reader.diagnostics.count == 1)
    }

    @Test("Single values are checked where they stand")
    func scalars() throws {
        var reader = Reader(file: "x.yaml")
        let mappingFound = reader.document("a: yes\nb: 1.5\nc: [1]\nd: true\ne: 7\nf:\n")
        let mapping = try #require(mappingFound)
        #expect(reader.flag(mapping["a"]) == nil)
        #expect(reader.number(mapping["b"]) == nil)
        #expect(reader.text(mapping["c"]) == nil)
        #expect(reader.flag(mapping["d"]) == true)
        #expect(reader.number(mapping["e"]) == 7)
        #expect(mapping["f"] == nil)
        #expect(
            reader.diagnostics.map(\.description) == [
                "x.yaml:1:4: `yes` cannot be read. Write `true` or `false`. [wrong-value]",
                "x.yaml:2:4: `1.5` cannot be read. Write a whole number, 0 or greater. [wrong-value]",
                "x.yaml:3:4: `c` holds a list. Write a single value. [wrong-shape]",
            ])
    }

    @Test("The nearest name is found over swaps, drops and case", arguments: [("tilte", "title"), ("Tite", "title")])
    func nearest(written: String, meant: String) {
        #expect(Names.nearest(to: written, among: ["title", "summary"]) == meant)
    }

    @Test("A manifest's parameters are read with their types")
    func manifest() throws {
        var reader = Reader(file: "adapter.yaml")
        let text = """
            adapter: http-json
            title: JSON over HTTP
            summary: Reads JSON.
            format: json
            parameters:
              path: {required: true, about: The path.}
              page_size: {type: number, default: 1000, about: Records a page.}
              paging: {default: none, choices: [none, page], about: How.}
              headers: {type: pairs, default: {A: b}, about: More headers.}
            """
        let mappingFound = reader.document(text)
        let manifestFound = reader.manifestHead(try #require(mappingFound))
        let manifest = try #require(manifestFound)
        #expect(reader.diagnostics == [])
        #expect(
            manifest.parameters == [
                .init(name: "path", isRequired: true, about: "The path."),
                .init(name: "page_size", type: .number, standard: .number(1000), about: "Records a page."),
                .init(name: "paging", standard: .text("none"), choices: ["none", "page"], about: "How."),
                .init(name: "headers", type: .pairs, standard: .pairs(["A": "b"]), about: "More headers."),
            ])
    }
}
