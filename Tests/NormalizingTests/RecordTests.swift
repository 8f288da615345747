import Foundation
import Model
import Testing

@testable import Normalizing

@Suite struct RecordTests {
    @Test(arguments: [("A-1.b_2", "A-1.b_2"), ("a/b", "a~2Fb"), ("张", "~E5~BC~A0"), ("a~b", "a~7Eb"), ("a:b", "a~3Ab")])
    func ids(_ sample: (String, String)) throws {
        #expect(try normalize(entry([field("k")]), [[.text(sample.0)]]).id(0) == sample.1)
    }

    @Test func idsOfSeveralParts() throws {
        let two = entry([field("a"), field("n", .integer), field("v")], key: ["n", "a"])
        #expect(try normalize(two, [["x y", .number("007"), "z"]]).id(0) == "7:x~20y")
    }

    @Test func gradedKeysAreDigested() throws {
        let graded = entry([field("a", .citizenID, grade: 3), field("b")], key: ["a", "b"])
        let batch = try normalize(graded, [["11010519491231002x", "1"], ["110105491231002", "1"]])
        // HMAC-SHA256("secret", "11010519491231002X" 1F "1"), by Python's hmac.
        #expect(batch.id(0) == "f7dd2ce4d31ebbf51c2e16c6de753d42")
        #expect(batch.id(1) == batch.id(0))
        #expect(throws: Fault.self) {
            try Normalizer(entry: graded, lists: [:], digestKey: [], today: "2026-11-23")
        }
    }

    @Test func requiredAndKeyFailuresAreRefused() throws {
        let strict = entry([field("k", .uscc), field("name", required: true), field("d", .date)])
        let batch = try normalize(
            strict,
            [
                ["91430112MA4L000035", "一", "2021-05-20"], ["91430112MA4L000035", .missing, "昨天"],
                ["91430112MA4L000036", "三", .null], [.missing, "四", .number("1.10")],
                ["N2430112MF0000013K", "五", "昨天"],
            ])
        #expect(batch.count == 2)
        #expect(batch.cells.count == 6)
        #expect(batch.heads.map(\.locator.record) == [1, 5])
        #expect(batch.findings.map(\.record) == [1])
        #expect(batch.string(1, 0) == "N2430112MF0000013K" && batch.string(1, 2) == nil)
        #expect(batch.refusals.map(\.id) == ["91430112MA4L000035", nil, nil])
        #expect(
            batch.refusals.map { $0.findings.map(\.rule) } == [
                ["required.missing", "date.unreadable"], ["uscc.check-digit"], ["key.missing", "date.unreadable"],
            ])
        #expect(batch.refusals[0].raw == #"{"k":"91430112MA4L000035","d":"昨天"}"#)
        #expect(batch.refusals[2].raw == #"{"name":"四","d":1.10}"#)
        #expect(batch.refusals.map(\.locator.record) == [2, 3, 4])
    }

    /// A source that wraps its keys one day must not bring every record a second time.
    @Test func aKeyIsNoDocument() throws {
        let plain = entry([field("k"), field("v")])
        let batch = try normalize(
            plain,
            [
                [.structure(#"{"value":"1"}"#), "一"], [.structure(#"["1"]"#), "二"], [.number("1"), .structure("[1]")],
                [.structure("<b>1</b>"), "四"],
            ])
        #expect(batch.refusals.map { $0.findings.map(\.rule) } == [["value.structure"], ["value.structure"]])
        #expect(batch.string(0, 0) == "1" && batch.string(0, 1) == "[1]", "a text that is no key keeps its document")
        #expect(batch.string(1, 0) == "<b>1</b>")
    }

    @Test func refusalsAreReplayed() throws {
        let record: [Raw] = [
            "a\"\\\n\u{1}\u{7F}张😀", .number("1.10"), .structure(#"{"x":[1,"]"]}"#), .yes, .no, .null, .missing,
        ]
        let fields = ["a", "b", "c", "d", "e", "f", "g/$['x.y']"].map { field($0) }
        let normalizer = try normalizer(entry(fields + [field("must", required: true)]))
        let raw = rawBatch([record + [.missing]], columns: 8)
        let text = RawText.json(raw, 0, paths: normalizer.paths)
        #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        let again = try normalizer.replay(raw: text, at: SourceLocator(page: 2, record: 3))
        #expect(again.locators == [SourceLocator(page: 2, record: 3)])
        for column in 0..<8 {
            #expect(again.string(0, column) == raw.string(0, column))
            #expect(again.cell(0, column).kind == raw.cell(0, column).kind)
        }
        for broken in ["", "{", "[]", #"{"a":}"#, #"{"a" 1}"#, "null"] {
            #expect(throws: Fault.self) { try normalizer.replay(raw: broken, at: SourceLocator(page: 1, record: 1)) }
        }
    }

    @Test func removalsNeedOnlyTheirKey() throws {
        let delivery = Entry.Delivery.delta(
            Entry.Delta(parameter: "p", field: "v", removed: .init(path: "SCBZ", values: ["1", "是"])))
        let delta = entry([field("k"), field("v", .date, required: true)], delivery: delivery)
        let batch = try normalize(
            delta,
            [
                ["a", .missing, " 1"], ["b", "昨天", .number("1")], ["c", "20210520", "0"], [.missing, .missing, "是"],
                ["e", .null, "0"],
            ])
        #expect(batch.heads.map(\.isRemoved) == [true, true, false])
        #expect((0..<3).map(batch.id) == ["a", "b", "c"])
        #expect(batch.heads[0].hash == RecordBatch.Hash())
        #expect(batch.findings.isEmpty)
        #expect(batch.refusals.map { $0.findings.map(\.rule) } == [["key.missing"], ["required.missing"]])
    }

    @Test func constants() throws {
        let fields = [
            field("k"), field("c", source: .constant("market")), field("n", .integer, source: .constant("7")),
            field("g", .point, crs: "CRS84", source: .constant("112.82,28.36")),
        ]
        let batch = try normalize(entry(fields), [["a"], ["b"]])
        #expect(batch.string(1, 1) == "market" && batch.string(1, 2) == "7")
        #expect(batch.string(1, 3) == #"{"type":"Point","coordinates":[112.82,28.36]}"#)
        #expect(throws: Fault.self) { try normalizer(entry([field("k"), field("d", .date, source: .constant("x"))])) }
    }

    @Test func mistakesOfTheEntry() {
        for wrong in [
            field("v", .code, list: "none"), field("v", .decimal, unit: UnitConversion(from: "元", to: "亩")),
            field("v", .date, format: "yyyy"),
        ] {
            #expect(throws: Fault.self) { try normalizer(entry([field("k"), wrong])) }
        }
        #expect(throws: Fault.self) { try normalizer(entry([field("k")], key: ["x"])) }
    }

    @Test func findingsTellNoSecrets() throws {
        let fields = [
            field("k"), field("id", .citizenID, grade: 3), field("t", .date), field("n", .integer, grade: 4),
            field("div", .division, list: "divisions"),
        ]
        let long = String(repeating: "长", count: 100)
        let batch = try normalize(entry(fields), [["k", "110105194912310021", .text(long), "x1", "430122"]])
        #expect(
            batch.findings.map(\.value) == ["110105********0021", String(repeating: "长", count: 64), "***", "430122"])
        #expect(batch.findings.map(\.path) == ["id", "t", "n", "div"])
        #expect(batch.findings[0].message.contains("GB 11643-1999"))
        #expect(!batch.findings.contains { $0.message.contains("194912310021") })
        #expect(batch.findings[3].message.contains("430112000000 took its place"))
        #expect(batch.string(0, 4) == "430112000000")
    }

    @Test func greatestValue() throws {
        let fields = [field("k"), field("t", .datetime), field("n", .integer)]
        let batch = try normalize(
            entry(fields),
            [
                ["a", "2026-01-02", .number("9")], ["b", .null, .number("-10")],
                ["c", "2026-11-23 10:15:00", .number("10")],
            ])
        #expect(Normalizer.greatest(column: 1, in: batch) == "2026-11-23T10:15:00+08:00")
        #expect(Normalizer.greatest(column: 2, in: batch) == "10")
        #expect(Normalizer.greatest(column: 1, in: RecordBatch(columns: 3)) == nil)
    }
}
