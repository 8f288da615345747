import Model
import Testing

@testable import Parsing

/// Columns that are wanted with their markup.
@Suite struct MarkupTests {
    private func reading(
        _ body: String, _ columns: [String], markup: Set<Int> = [0], limits: ParseLimits = ParseLimits()
    ) throws -> [String] {
        var wanted = try xml("/r/i", columns, namespaces: ["g": "urn:g"], limits: limits)
        wanted.markup = markup
        return try #require(Reading(body, wanted).rows.first)
    }

    @Test(arguments: [
        ("<g><P><p>1 2</p></P></g>", #"structure:["g",["P",["p","1 2"]]]"#),
        ("<g>\n <P a='1'>\n<p/>\t</P> </g>", #"structure:["g",["P",{"a":"1"},["p"]]]"#),
        (
            "<g xmlns:g='urn:g'><g:P g:id='a' id='b' srsName='EPSG:1'><g:p>1</g:p></g:P></g>",
            #"structure:["g",["P",{"xmlns":"urn:g","id":"a","srsName":"EPSG:1"},["p","1"]]]"#
        ),
        ("<g xmlns='urn:g'><P xmlns=''><p/></P></g>", #"structure:["g",{"xmlns":"urn:g"},["P",{"xmlns":""},["p"]]]"#),
        (
            "<g>a<b/>c &amp; \"d\\\"<![CDATA[<e>]]><f>甲&#10;乙</f></g>",
            #"structure:["g","a",["b"],"c & \"d\\\"<e>",["f","甲\u000a乙"]]"#
        ),
        ("<g><p t='a&amp;b &quot;c&quot; &lt;'/></g>", #"structure:["g",["p",{"t":"a&b \"c\" <"}]]"#),
        ("<g>x<!-- no -->y<b/></g>", #"structure:["g","xy",["b"]]"#),
        // Without elements inside, it is as any other column.
        ("<g> POINT (1 2)&amp; </g>", "text: POINT (1 2)& "), ("<g/>", "text:"), ("", "missing:"),
        ("<g xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'/>", "null:"),
        // The first of several counts.
        ("<g><a/></g><g><b/></g>", #"structure:["g",["a"]]"#),
    ])
    func isKept(_ body: String, _ expected: String) throws {
        #expect(try reading("<r><i>\(body)</i></r>", ["g"]) == [expected])
    }

    @Test func besideOthers() throws {
        let body = "<r xmlns:g='urn:g'><i><k>1</k><g:m n='3'><g:P><g:p>1 2</g:p></g:P></g:m><t>x<b>y</b></t></i></r>"
        let row = try reading(
            body, ["k", "g:m", "g:m/g:P", "t", "g:m/@n", "g:m/g:P/g:p", "m"], markup: [1, 2])
        #expect(
            row == [
                "text:1", #"structure:["m",{"xmlns":"urn:g","n":"3"},["P",{"xmlns":"urn:g"},["p","1 2"]]]"#,
                #"structure:["P",{"xmlns":"urn:g"},["p","1 2"]]"#, "structure:xy", "text:3", "text:1 2",
                "structure:1 2",
            ])
    }

    @Test func theRecordItself() throws {
        #expect(try reading("<r><i a='1'><k>1</k>t</i></r>", ["."]) == [#"structure:["i",{"a":"1"},["k","1"],"t"]"#])
    }

    @Test func isWithinLimits() throws {
        let small = ParseLimits(valueBytes: 64)
        for body in [
            String(repeating: "<p/>", count: 20), "<p>" + String(repeating: "1 ", count: 40) + "</p>",
            "<p a='" + String(repeating: "1", count: 80) + "'/>",
            "<p>" + String(repeating: "&#10;\"", count: 12) + "</p>",
        ] {
            var wanted = try xml("/r/i", ["g"], limits: small)
            wanted.markup = [0]
            let found = fault(of: "<r><i><g>\(body)</g></i></r>", wanted)
            #expect(found?.code == .sourceTooLarge, "\(body)")
        }
        var wanted = try xml("/r/i", ["g"])
        wanted.markup = [0]
        let deep = "<r><i><g>" + String(repeating: "<p>", count: 100)
        #expect(fault(of: deep, wanted)?.code == .sourceTooLarge)
    }

    /// JSON is text already: asking changes nothing.
    @Test func jsonIsLeftAlone() throws {
        var wanted = try json("", ["g"])
        wanted.markup = [0]
        #expect(try Reading(#"[{"g":{"a":[1]}}]"#, wanted).rows == [[#"structure:{"a":[1]}"#]])
    }
}
