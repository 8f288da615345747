import Model
import Testing

@testable import Parsing

@Suite struct XMLRecordParserTests {
    @Test func kindsOfValues() throws {
        let body = """
            <?xml version="1.0"?><r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><row id="7">
            <a>x &amp; y</a><b/><c xsi:nil="true"/><d>in <e>and</e> out</d><f><![CDATA[<g>&]]></f></row><row/></r>
            """
        let reading = try Reading(body, xml("/r/row", ["@id", "a", "b", "c", "d", "f", "none", "d/e", "d/text()"]))
        #expect(
            reading.rows == [
                [
                    "text:7", "text:x & y", "text:", "null:", "structure:in and out", "text:<g>&", "missing:",
                    "text:and",
                    "text:in  out",
                ], Array(repeating: "missing:", count: 9),
            ])
    }

    @Test func positionsAndConditions() throws {
        let body = """
            <r><row><i k="a">1</i><i k="b">2</i><i k="a&amp;b">3</i><j><i>4</i></j><j><i>5</i><i>6</i></j></row>\
            <row><i>7</i><i k="a">8</i><j/></row></r>
            """
        let paths = ["i", "i[2]", "i[@k='a']", "i[@k='a&b']", "i[@k='a'][2]", "j[2]/i[2]", "*[4]/i", "j/i", "i[9]"]
        let reading = try Reading(body, xml("r/row", paths))
        #expect(
            reading.texts == [
                ["1", "2", "1", "3", "", "6", "4", "4", ""], ["7", "8", "8", "", "", "", "", "", ""],
            ])
    }

    @Test func elementsChosenByWhatStandsInThem() throws {
        let body = """
            <r><row><l><c><v>0</v></c><c><t>mail</t><v>m</v></c><c><v a="x"><w>1</w></v><t>phone</t></c><c><t>phone</t><v>2</v>\
            </c></l><p><n s="one"/><v>3</v></p><p><n s="two"/><v/></p></row><row><l><c><t>phone </t><v>4</v></c><c><t/><v>5</v>\
            </c></l></row><row><l><c><t>phone</t><q><k>a</k><v>6</v></q><q><k>b</k><v>7</v></q></c></l></row></r>
            """
        let paths = [
            "l/c[t='phone']/v", "l/c[t='mail']/v", "l/c[t='phone']/v/@a", "l/c[t='']/v", "p[n/@s='two']/v",
            "p[n/@s='one'][v='3']/v", "p[n/@s='one'][v='4']/v", "l/c[t='phone']/q[k='b']/v", "l/c[t='mail']", "l/c/v",
            "l/c[t='phone']/v", "l/c[t='phone']/t",
        ]
        let whole = try Reading(body, xml("r/row", paths))
        #expect(
            whole.rows == [
                [
                    "structure:1", "text:m", "text:x", "missing:", "text:", "text:3", "missing:", "missing:",
                    "structure:mailm", "text:0", "structure:1", "text:phone",
                ],
                [
                    "missing:", "missing:", "missing:", "text:5", "missing:", "missing:", "missing:", "missing:",
                    "missing:", "text:4", "missing:", "missing:",
                ],
                [
                    "missing:", "missing:", "missing:", "missing:", "missing:", "missing:", "missing:", "text:7",
                    "missing:", "missing:", "missing:", "text:phone",
                ],
            ])
        for size in 1...7 {
            #expect(try Reading(Array(body.utf8), xml("r/row", paths), chunk: size) == whole)
        }
    }

    @Test func namespaces() throws {
        let body = """
            <s:E xmlns:s="urn:s" xmlns="urn:d" xmlns:o="urn:o"><s:B><row o:id="1" id="2"><a>d</a><o:a>o</o:a></row></s:B></s:E>
            """
        let known = ["x": "urn:s", "d": "urn:d", "p": "urn:o"]
        let reading = try Reading(
            body, xml("/x:E/x:B/d:row", ["a", "p:a", "d:a", "@p:id", "@id", "p:*"], namespaces: known))
        #expect(reading.texts == [["d", "o", "d", "1", "1", "o"]])
        #expect(try Reading(body, xml("/E/B/row", ["a"])).texts == [["d"]])
        #expect(try Reading(body, xml("/x:E/d:B/row", ["a"], namespaces: known)).hasRecords == false)
    }

    @Test func valuesOfTheDocument() throws {
        let body =
            "<r total='2' v='a&#38;&#34;'><head><code>00</code><code>01</code></head><l><i><a>1</a></i><i><a>2</a></i></l><end>x</end></r>"
        let reading = try Reading(
            body,
            xml(
                "/r/l/i", ["."],
                document: ["/r/@total", "r/head/code", "r/end", "r/gone", "/r/head", "/r/@v", "r/l/i/a"])
        )
        #expect(reading.document == ["2", "00", "x", nil, "0001", "a&\"", "1"])
    }

    @Test(arguments: [
        ("<r><l/></r>", true), ("<r><l> <!-- none --></l></r>", true), ("<r><l><i/></l></r>", true), ("<r/>", false),
        ("<fault>no</fault>", false), ("<r><l><error>no</error></l></r>", false),
        ("<r><l><error>no</error></l><l/></r>", true), ("<r><l><next>2</next></l></r>", true),
        ("<r><l><next>2</next><error/></l></r>", false),
    ])
    func noRecords(_ body: String, _ hasRecords: Bool) throws {
        let reading = try Reading(body, xml("/r/l/i", ["a"], document: ["/r/l/next"]))
        #expect(reading.rows.allSatisfy { $0 == ["missing:"] })
        #expect(reading.hasRecords == hasRecords)
    }

    @Test func theRootAsRecord() throws {
        #expect(try Reading("<r><a>1</a></r>", xml("/", ["a", "."])).rows == [["text:1", "structure:1"]])
        #expect(try Reading("<r><a>1</a></r>", xml("/r", ["a"])).rows == [["text:1"]])
    }

    @Test func namesThatRecurBelow() throws {
        let body = "<row><row><a>1<a>2</a></a><row><a>3</a></row></row></row>"
        #expect(
            try Reading(body, xml("/row/row", ["a", "a/a", "row/a", "a/text()"])).texts == [["12", "2", "3", "1"]])
    }

    @Test func pathsThatContradict() throws {
        #expect(fault(of: "<a/>", try xml("/r/i/@a", ["b"]))?.code == .badAdapter)
        #expect(fault(of: "<a/>", try xml("/r/i", ["/b"]))?.code == .badAdapter)
        #expect(fault(of: "<a/>", try xml("/r/l/i", ["b"], document: ["/r/l"]))?.code == .badAdapter)
        #expect(fault(of: "<a/>", try xml("/r/i[a='b']", ["b"]))?.code == .badAdapter)
        #expect(fault(of: "<a/>", try xml("/r/i", ["b"], document: ["/r/c[a='b']/d"]))?.code == .badAdapter)
    }
}
