import Model
import Testing

@Suite struct SourcePathTests {
    @Test(arguments: ["", "$", "/"])
    func documentItselfInJSON(_ text: String) throws {
        #expect(try SourcePath(text, format: .json).steps.isEmpty)
    }

    @Test(arguments: [
        ("a.b", [SourcePath.Step.member("a"), .member("b")]),
        ("$.a['x.y'][0]", [.member("a"), .member("x.y"), .index(0)]),
        ("$[2].名称", [.index(2), .member("名称")]),
        ("['it\\'s']", [.member("it's")]),
        ("$ref", [.member("$ref")]),
        ("/data/rows", [.member("data"), .member("rows")]),
        ("/a~1b/m~0n/0", [.member("a/b"), .member("m~n"), .memberOrIndex("0", 0)]),
        ("/007", [.member("007")]),
    ])
    func stepsOfJSON(_ text: String, _ steps: [SourcePath.Step]) throws {
        #expect(try SourcePath(text, format: .json).steps == steps)
    }

    @Test(arguments: [
        ("a..b", 3), ("a.", 3), ("$..a", 3), ("a[*]", 3), ("a[-1]", 3), ("*", 1), ("a['b", 3), ("a[0", 4), ("a[0]b", 5),
        ("/a~2", 2), ("a[?(@.b)]", 3), ("a[01]", 3),
    ])
    func refusedInJSON(_ text: String, _ column: Int) {
        let fault = #expect(throws: SourcePath.Invalid.self) { try SourcePath(text, format: .json) }
        #expect(fault?.column == column)
    }

    @Test(arguments: ["", ".", "/"])
    func documentItselfInXML(_ text: String) throws {
        #expect(try SourcePath(text, format: .xml).steps.isEmpty)
    }

    @Test func stepsOfXML() throws {
        let path = try SourcePath(
            "/p:list/*/item[@kind='a/b'][@xml:lang=\"zh\"][2]/@id", format: .xml, namespaces: ["p": "urn:p"])
        #expect(path.isAbsolute)
        #expect(
            path.steps == [
                .element(.init(local: "list", namespace: "urn:p")),
                .element(.init(local: nil)),
                .element(
                    .init(
                        local: "item",
                        attributes: [
                            .init(name: .init(local: "kind"), value: "a/b"),
                            .init(
                                name: .init(local: "lang", namespace: "http://www.w3.org/XML/1998/namespace"),
                                value: "zh"),
                        ], position: 2)),
                .attribute(.init(local: "id")),
            ])
        #expect(try SourcePath("./姓名/text()", format: .xml).steps == [.element(.init(local: "姓名")), .text])
        #expect(try !SourcePath("a", format: .xml).isAbsolute)
    }

    @Test func contentsOfElementsInXML() throws {
        let path = try SourcePath(
            "list/item[@a='1'][p:kind/@code='x]'][kind='']/value", format: .xml, namespaces: ["p": "urn:p"])
        let item = SourcePath.Element(
            local: "item", attributes: [.init(name: .init(local: "a"), value: "1")],
            contents: [
                .init(
                    steps: [.element(.init(local: "kind", namespace: "urn:p")), .attribute(.init(local: "code"))],
                    value: "x]"),
                .init(steps: [.element(.init(local: "kind"))], value: ""),
            ])
        let list = SourcePath.Step.element(.init(local: "list"))
        #expect(path.steps == [list, .element(item), .element(.init(local: "value"))])
    }

    @Test(arguments: [
        ("//a", 2), ("a//b", 3), ("a/../b", 3), ("@id/a", 5), ("text()/a", 8), ("q:a", 1), ("a[0]", 3), ("a[1][2]", 6),
        ("a[1][@b='c']", 6), ("a[@b]", 5), ("a[b]", 4), ("a[b=c]", 5), ("a[b='c'][1]", 10), ("a[b[c='d']='e']", 4),
        ("a[-1]", 3), ("a[@b/c='d']", 5), ("a[b/@c/d='e']", 8), ("child::a", 1), ("count(a)", 1), ("a/", 3), ("@*", 2),
        ("a b", 2),
        ("1a", 1), ("a[@b='c]", 6),
    ])
    func refusedInXML(_ text: String, _ column: Int) {
        let fault = #expect(throws: SourcePath.Invalid.self) { try SourcePath(text, format: .xml) }
        #expect(fault?.column == column)
    }
}
