import Model
import Testing

@testable import Parsing

@Suite struct JSONRecordParserTests {
    @Test func kindsOfValues() throws {
        let body = #"{"rows":[{"a":"x","b":1.50,"c":true,"d":false,"e":null,"f":{"g":[1, 2]},"z":[{"a":9}]},{"b":-0}]}"#
        let reading = try Reading(body, json("rows", ["a", "b", "c", "d", "e", "f", "none"]))
        #expect(
            reading.rows
                == [
                    ["text:x", "number:1.50", "true:", "false:", "null:", #"structure:{"g":[1,2]}"#, "missing:"],
                    ["missing:", "number:-0", "missing:", "missing:", "missing:", "missing:", "missing:"],
                ].map { $0.map { $0 == "true:" ? "true:true" : $0 == "false:" ? "false:false" : $0 } })
        #expect(reading.locators == [SourceLocator(page: 3, record: 1), SourceLocator(page: 3, record: 2)])
    }

    @Test func pathsIntoStructures() throws {
        let body = #"[{"p":{"q":{"r":"deep"},"s":[10,[20,{"t":"in"}]]},"x.y":1,"p2":0}]"#
        let reading = try Reading(body, json("$", ["p.q.r", "p.s[0]", "p.s[1][1].t", "['x.y']", "/p/s/0", "p.s[7]"]))
        #expect(reading.texts == [["deep", "10", "in", "1", "10", ""]])
    }

    @Test func aStructureAndValuesInside() throws {
        let body = #"{"rows":[{"geometry": {"type":"Point", "coordinates": [ 1.10, 2e3 ], "name":"a \" b"} }]}"#
        let paths = ["geometry", "geometry.type", "geometry.coordinates", "geometry.coordinates[1]", "$", "$.geometry"]
        let reading = try Reading(body, json("rows", paths))
        let geometry = #"{"type":"Point","coordinates":[1.10,2e3],"name":"a \" b"}"#
        #expect(
            reading.texts == [[geometry, "Point", "[1.10,2e3]", "2e3", #"{"geometry":\#(geometry)}"#, geometry]])
    }

    @Test func aMemberGivenTwiceCountsAsGivenLast() throws {
        let reading = try Reading(
            #"[{"a":1,"b":{"c":2,"d":3},"a":4,"b":{"d":5}},{"a":6}]"#, json("", ["a", "b.c", "b.d"]))
        #expect(reading.texts == [["4", "", "5"], ["6", "", ""]])
    }

    @Test func valuesOfTheDocument() throws {
        let body =
            #"{"code":"00","data":{"page":{"total":2},"rows":[{"a":1},{"a":2}],"next":null},"ok":true,"x":{"y":[]}}"#
        let reading = try Reading(
            body,
            json("/data/rows", ["a"], document: ["code", "data.page.total", "data.next", "ok", "x", "gone", "$.code"]))
        #expect(reading.document == ["00", "2", nil, "true", #"{"y":[]}"#, nil, "00"])
        #expect(reading.hasRecords)
    }

    @Test(arguments: [
        (#"{"data":{"rows":[]}}"#, true), (#"{"data":{"rows":null}}"#, true), (#"{"data":{"rows":{}}}"#, true),
        (#"{"data":{}}"#, false), (#"{"data":"down for repair"}"#, false), (#"{"data":{"rows":""}}"#, false),
        ("[]", false),
    ])
    func noRecords(_ body: String, _ hasRecords: Bool) throws {
        let reading = try Reading(body, json("data.rows", ["a"]))
        #expect(reading.rows.isEmpty)
        #expect(reading.hasRecords == hasRecords)
    }

    @Test func anObjectInPlaceOfTheList() throws {
        let reading = try Reading(#"{"data":{"a":1,"total":9}}"#, json("data", ["a"], document: ["data.total"]))
        #expect(reading.texts == [["1"]])
        #expect(reading.document == ["9"])
        let listed = try Reading(#"{"data":[{"a":1,"total":9}]}"#, json("data", ["a"], document: ["data.total"]))
        #expect(listed.document == [nil])
    }

    @Test func recordsThatAreNoObjects() throws {
        #expect(try Reading(#"["a",2,null]"#, json("", [""])).rows == [["text:a"], ["number:2"], ["null:"]])
        #expect(try Reading("[[1,2],[3]]", json("", ["[0]", "[1]"])).texts == [["1", "2"], ["3", ""]])
        #expect(
            try Reading(#"[{"total":2},[{"a":1},{"a":2}]]"#, json("$[1]", ["a"], document: ["$[0].total"]))
                == Reading(#"[{"total":2},[{"a":1},{"a":2}]]"#, json("/1", ["a"], document: ["/0/total"])))
    }

    @Test func lines() throws {
        let body = "{\"a\":1}\n{\"a\":2}\r\n\n{\"b\":3}\n"
        #expect(try Reading(body, json("", ["a"], lines: true)).texts == [["1"], ["2"], [""]])
        #expect(try Reading("[1,2]\n[3,4]", json("", ["[1]"], lines: true)).texts == [["2"], ["4"]])
        #expect(
            try Reading("{\"r\":[{\"a\":1}]}\n{\"r\":[{\"a\":2}]}", json("r", ["a"], lines: true)).texts == [
                ["1"], ["2"],
            ])
        #expect(try Reading(" \n", json("", ["a"], lines: true)).hasRecords)
        #expect(fault(of: "{\"a\":1}\n{\"a\":", try json("", ["a"], lines: true))?.code == .sourceTruncated)
    }

    @Test func escapesBecomeCharacters() throws {
        let reading = try Reading(#"[{"\u540d":"\u6c47\u901a \ud83d\ude00 \/\n\u0000"}]"#, json("", ["名"]))
        #expect(reading.texts == [["汇通 😀 /\n\0"]])
    }

    @Test func pathsThatCoverTheRecords() throws {
        for path in ["", "data", "data.rows", "data.rows[0].a"] {
            #expect(fault(of: "[]", try json("data.rows", ["a"], document: [path]))?.code == .badAdapter)
        }
        #expect(throws: Fault.self) { try makeParser(xml("a", ["b"]).with(format: .json), page: 1) }
    }

    @Test(arguments: [(#"[{"a":NaN}]"#, "NaN"), (#"[{"a":-Infinity}]"#, "Infinity"), ("[{'a':1}]", "single quote")])
    func whatJSONDoesNotHaveIsCalledByItsName(_ body: String, _ says: String) throws {
        let fault = #expect(throws: Fault.self) { try Reading(body, try json("", ["a"])) }
        #expect(fault?.code == .sourceMalformed && fault?.message.contains(says) == true, "\(fault as Any)")
        #expect(fault?.context["record"] == "1" && fault?.context["byte"] != nil)
        let escape = #expect(throws: Fault.self) { try Reading("[{\"a\":\"\\N\"}]", try json("", ["a"])) }
        #expect(escape?.message.contains("NaN") == false)
    }

    @Test func compressedDataThatNobodyAnnouncedIsToldFromText() throws {
        let fault = #expect(throws: Fault.self) { try Reading([0x1f, 0x8b, 8, 0, 0, 0, 0, 0], try json("", ["a"])) }
        #expect(fault?.code == .sourceUnexpected || fault?.code == .sourceEncoding, "\(fault as Any)")
        let first = #expect(throws: Fault.self) { try Reading([0x1f], try json("", ["a"])) }
        #expect(first?.message.contains("compressed") == true, "\(first as Any)")
    }
}

extension ParseSpecification {
    fileprivate func with(format: SourceFormat) -> ParseSpecification {
        var copy = self
        copy.format = format
        return copy
    }
}
