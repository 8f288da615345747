import Model
import Testing

@testable import Parsing

/// Bodies that are wrong, by mistake or by intent.
@Suite struct HostileBodyTests {
    @Test(arguments: ["<html><body>502</body></html>", "\n <!DOCTYPE html>", "<?xml version='1.0'?><a/>"])
    func htmlInsteadOfJSON(_ body: String) throws {
        let found = fault(of: body, try json("rows", ["a"]))
        #expect(found?.code == .sourceUnexpected)
        #expect(found?.message.contains("HTML") == true)
    }

    @Test(arguments: [
        "<!DOCTYPE html><html></html>", "<html xmlns='http://www.w3.org/1999/xhtml'><p>no</p></html>",
        "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\"><HTML><br></HTML>",
        "{\"a\":1}", "[]", "not found",
    ])
    func somethingElseInsteadOfXML(_ body: String) throws {
        #expect(fault(of: body, try xml("/r/i", ["a"]))?.code == .sourceUnexpected)
    }

    @Test(arguments: [
        (#"{"a" 1}"#, 6), (#"{"a":1,}"#, 8), (#"[1"# + "\u{0B}]", 2), ("[1]\u{0C}", 3), (#"["\ud800"]"#, 8),
        (#"["\udc00\ud800"]"#, 7),
        (#"{"\ud800":1}"#, 8), (#"{"\udc00":1}"#, 7), (#"{"a\ud800\ud800":1}"#, 14),
        (#"["\ud800\u0041"]"#, 13), ("[1]x", 4), (#"["\x"]"#, 4), ("[01]", 3), ("['a']", 2), ("[NaN]", 2),
    ])
    func malformedJSON(_ body: String, _ byte: Int) throws {
        let found = fault(of: body, try json("", ["a"]))
        #expect(found?.code == .sourceMalformed)
        #expect(abs((found?.context["byte"].flatMap { Int($0) } ?? -9) - byte) <= 1, "\(found.map(String.init) ?? "")")
    }

    /// Overlong forms, halves of pairs, beginnings without ends: what is UTF-8 and what is not, as the standard library has it.
    @Test func wrongBytes() {
        var sequences: [[UInt8]] = []
        for first in UInt8.min...UInt8.max {
            sequences.append([first])
            for second in UInt8.min...UInt8.max { sequences.append([first, second]) }
        }
        let ends: [UInt8] = [0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF]
        for first in UInt8(0xE0)...0xF8 {
            for second in ends {
                for third in ends {
                    sequences.append([first, second, third])
                    for fourth in ends { sequences.append([first, second, third, fourth]) }
                }
            }
        }
        let differing = sequences.filter { bytes in
            // In the middle of a word, so that the fast way meets it too.
            let text = Array("abc".utf8) + bytes + Array("defghijk".utf8)
            let (valid, isWrong) = text.withUnsafeBytes { UTF8Check.scan($0) }
            return (valid == text.count && !isWrong) != (String(validating: text, as: UTF8.self) != nil)
        }
        #expect(differing.isEmpty)
    }

    @Test func faultsRepeatNothingOfTheBody() throws {
        let secret = "330502198507028479"
        let bodies = [#"{"rows":[{"a":"\#(secret)" "b"}]}"#, #"{"rows":[{"a":\#(secret)x}]}"#]
        for body in bodies {
            #expect(fault(of: body, try json("rows", ["a"])).map(String.init)?.contains(secret) == false)
        }
        let markup = [
            "<r><i>\(secret)</x></r>", "<r><i a=\(secret)/></r>", "<r>&a\(secret);</r>", "<r><a\(secret)></r>",
        ]
        for body in markup {
            #expect(fault(of: body, try xml("r/i", ["a"])).map(String.init)?.contains(secret) == false)
        }
    }

    @Test(arguments: [
        "<!DOCTYPE r [<!ENTITY a \"x\">]><r>&a;</r>",
        "<!DOCTYPE r [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><r>&a;</r>",
        "<!DOCTYPE r [<!ENTITY % p SYSTEM \"http://127.0.0.1/x.dtd\"> %p;]><r/>",
        "<!DOCTYPE r SYSTEM \"http://127.0.0.1/x.dtd\"><r/>", "<!DOCTYPE r PUBLIC \"a\" \"b\"><r/>",
        "<!DOCTYPE r [<!ATTLIST r a CDATA \"x\">]><r/>", "<!DOCTYPE r [<!ATTLIST r a (x|y) \"x\">]><r/>",
        "<!DOCTYPE r [<!ELEMENT r ANY>]><r/>", "<!DOCTYPE r [<!NOTATION n SYSTEM \"x\">]><r/>",
        "<!DOCTYPE r [<!NOTATION n SYSTEM \"x\"><!ENTITY e SYSTEM \"f\" NDATA n>]><r/>",
    ])
    func documentTypes(_ body: String) throws {
        let found = fault(of: body, try xml("r/i", ["a"]))
        #expect(found?.code == .sourceMalformed)
        #expect(found?.message == "document type declarations are refused")
    }

    @Test func billionLaughs() throws {
        var body = "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"ha\">"
        for level in 1...30 { body += "<!ENTITY a\(level) \"&a\(level - 1);&a\(level - 1);\">" }
        body += "]><r><i><a>&a30;</a></i></r>"
        #expect(fault(of: body, try xml("r/i", ["a"]))?.message == "document type declarations are refused")
        #expect(fault(of: "<r>&a;</r>", try xml("r/i", ["a"]))?.code == .sourceMalformed)
    }

    @Test func depth() throws {
        let deep = 100_000
        let arrays = String(repeating: "[", count: deep) + String(repeating: "]", count: deep)
        #expect(fault(of: arrays, try json("", ["a"]))?.code == .sourceTooLarge)
        #expect(fault(of: #"{"x":"# + arrays + "}", try json("rows", ["a"]))?.code == .sourceTooLarge)
        let elements = String(repeating: "<a>", count: deep) + String(repeating: "</a>", count: deep)
        #expect(fault(of: elements, try xml("a/b", ["c"]))?.code == .sourceTooLarge)
        #expect(fault(of: elements, try xml("x/b", ["c"]))?.code == .sourceTooLarge)
        let allowed = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(fault(of: allowed, try json("", [""])) == nil)
        #expect(fault(of: "[" + allowed + "]", try json("", [""]))?.code == .sourceTooLarge)
    }

    @Test func sizes() throws {
        let limits = ParseLimits(valueBytes: 1000, recordBytes: 1500, attributes: 3, nameBytes: 20, markupBytes: 5000)
        let long = String(repeating: "x", count: 1001)
        let half = String(repeating: "x", count: 900)
        let jsonPaths = try json("", ["a", "b"], limits: limits)
        let jsonBodies = [
            #"[{"a":"\#(long)"}]"#, #"[{"a":["\#(half)","\#(half)"]}]"#, #"[{"a":"\#(half)","b":"\#(half)"}]"#,
        ]
        for body in jsonBodies { #expect(fault(of: body, jsonPaths)?.code == .sourceTooLarge) }
        let xmlPaths = try xml("r/i", ["a", "b", "a/text()"], limits: limits)
        let xmlBodies = [
            "<r><i><a>\(long)</a></i></r>", "<r><i><a>\(half)<x>\(half)</x></a></i></r>",
            "<r><i a='1' b='2' c='3' d='4'/></r>",
            "<r><i><a>\(half)</a><b>\(half)</b></i></r>", "<r><i><\(half)/></i></r>", "<r><i \(half)='1'/></r>",
        ]
        for body in xmlBodies { #expect(fault(of: body, xmlPaths)?.code == .sourceTooLarge, "\(body.prefix(20))") }
    }

    @Test func aSectionLongerThanTheParserCanHold() throws {
        let body = "<r><i><a><![CDATA[" + String(repeating: "x", count: 9 << 20) + "]]></a></i></r>"
        let found = fault(of: Array(body.utf8), try xml("r/i", ["a"]), chunk: 1 << 20)
        #expect(found?.message == "a CDATA section is longer than 8388608 bytes")
    }

    /// What does not end is noticed while it comes, not when memory is gone.
    @Test func endlessTokens() throws {
        let limits = ParseLimits(valueBytes: 10_000, markupBytes: 10_000)
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        let starts: [(String, ParseSpecification)] = [
            (#"[{"skipped":""#, try json("", ["a"], limits: limits)),
            ("[{\"a\":\"", try json("", ["a"], limits: limits)),
            ("<r><i ", try xml("r/i", ["a"], limits: limits)), ("<r><!-- ", try xml("r/i", ["a"], limits: limits)),
            ("<r><i><a>", try xml("r/i", ["a"], limits: limits)),
            ("<r><i><a><![CDATA[", try xml("r/i", ["a"], limits: limits)),
        ]
        for (start, specification) in starts {
            let pieces = [Array(start.utf8)] + Array(repeating: piece, count: 10)
            let parser = try makeParser(specification, page: 1)
            var batch = RawBatch(columns: 1)
            let found = #expect(throws: Fault.self) {
                for bytes in pieces { try parser.feed(bytes, into: &batch) }
            }
            #expect(found?.code == .sourceTooLarge, "\(start)")
        }
    }

    @Test func largeValuesWithinTheLimits() throws {
        let long = String(repeating: "汇", count: 700_000)
        let inJSON = try Reading(#"[{"a":"\#(long)","b":["\#(long)"]}]"#, json("", ["a", "b"]))
        #expect(inJSON.texts == [[long, "[\"\(long)\"]"]])
        for size in [1 << 10, 256 << 10] {
            let body = Array("<r><i><a>\(long)</a><b><![CDATA[\(long)]]></b></i></r>".utf8)
            #expect(try Reading(body, xml("r/i", ["a", "b"]), chunk: size).texts == [[long, long]])
        }
        let inXML = try Reading("<r><i><a>\(long)</a><b><![CDATA[\(long)]]></b></i></r>", xml("r/i", ["a", "b"]))
        #expect(inXML.texts == [[long, long]])
    }
}
