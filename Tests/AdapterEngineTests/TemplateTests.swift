import Model
import Testing

@testable import AdapterEngine

@Suite("Templates of a manifest")
struct TemplateTests {
    private let values = TemplateValues(
        parameters: [
            "a": .text("x&y"), "empty": .text(""), "whole": .text("{{a}}-{{b}}"), "b": .number(7),
            "part": .text("<p>{{a}}</p>{{#none}}<n>{{none}}</n>{{/none}}"), "loop": .text("[{{loop}}]"),
            "list": .list(["1", "2"]), "pairs": .pairs(["k": "{{a}}", "j": "{{none}}"]),
        ], fragments: ["part", "loop"], run: ["page": "3", "cursor": nil], markup: ["security": "<s/>"])

    @Test("a text without a value for each of its placeholders is none")
    func texts() {
        #expect(values.text("{{a}} {{b}} {{page}}") == "x&y 7 3")
        #expect(values.text("{{a}}{{none}}") == nil)
        #expect(values.text("{{empty}}") == nil)
        #expect(values.text("{{ a }}") == "x&y")
    }

    @Test("a text that is one parameter is that parameter's own text")
    func unfolding() { #expect(values.text("{{whole}}") == "x&y-7") }

    @Test("a section is there only where its name has a value")
    func sections() {
        #expect(
            values.text("m{{#a}}; a={{a}}{{/a}}{{#cursor}}; c={{cursor}}{{/cursor}}{{#empty}}e{{/empty}}") == "m; a=x&y"
        )
        #expect(values.text("{{#a}}{{#b}}{{b}}{{/b}}{{/a}}") == "7")
        #expect(values.text("c={{#cursor}}{{cursor}}{{/cursor}}{{^cursor}}*{{/cursor}}") == "c=*")
        #expect(values.body("{{#page}}{{page}}{{/page}}{{^page}}0{{^none}}!{{/none}}{{/page}}", escape: { $0 }) == "3")
        #expect(
            values.body(
                "<q>{{#cursor}}<c>{{cursor}}</c>{{/cursor}}{{#page}}<n>{{page}}</n>{{/page}}</q>", escape: Escaping.xml)
                == "<q><n>3</n></q>")
    }

    @Test(
        "in a body a value is escaped, a fragment and a credential's markup are not, and what is not there is nothing")
    func bodies() {
        #expect(values.body("<q>{{a}}{{none}}</q>", escape: Escaping.xml) == "<q>x&amp;y</q>")
        #expect(values.body("<q>{{security}}{{part}}</q>", escape: Escaping.xml) == "<q><s/><p>x&amp;y</p></q>")
        #expect(values.body("{{part}}", escape: Escaping.xml) == "<p>x&amp;y</p>")
        #expect(values.body("{{none}}", escape: Escaping.xml) == nil)
    }

    @Test("a fragment that holds itself ends")
    func circles() { #expect(values.body("{{loop}}!", escape: { $0 })?.hasSuffix("!") == true) }

    @Test("lists and pairs stand for all of theirs")
    func many() {
        #expect(values.list(["{{list}}", "{{b}}", "{{none}}"]) == ["1", "2", "7"])
        let items = values.items([.init(name: "*", value: "{{pairs}}"), .init(name: "p", value: "{{page}}")])
        #expect(items.map { "\($0.name)=\($0.value)" } == ["k=x&y", "p=3"])
    }

    @Test("texts depend on what a parameter is")
    func variants() {
        var values = values
        values.add([.init(parameter: "b", texts: ["7": [.init(name: "word", value: "seven {{a}}")], "8": []])])
        #expect(values.text("{{word}}") == "seven x&y")
    }
}
