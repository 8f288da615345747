import Foundation
import Model
import Testing

@testable import Normalizing

@Suite struct OriginalTests {
    private func originals(_ fields: [Field], _ record: [Raw]) throws -> [String: String] {
        let batch = try normalize(entry([field("k")] + fields), [["k"] + record])
        return try originals(batch, 0)
    }

    private func originals(_ batch: RecordBatch, _ record: Int) throws -> [String: String] {
        let range = batch.heads[record].originals
        if range.isEmpty { return [:] }
        return try JSONDecoder().decode([String: String].self, from: Data(batch.bytes[range]))
    }

    @Test func onlyWhatWasConvertedIsKept() throws {
        let fields = [
            field("t"), field("d", .date), field("n", .integer), field("m", .decimal), field("b", .boolean),
            field("c", .code, list: "status"),
        ]
        #expect(try originals(fields, [" 张三 ", "2021-05-20", .number("-12"), "1.5", .yes, "1"]).isEmpty)
        #expect(try originals(fields, ["", .null, .missing, "0", "1", .number("4")]).isEmpty)
        #expect(
            try originals(fields, ["张三", " 2021/5/20　", "1,234", .number("1.50"), "是", "存续"])
                == ["d": "2021/5/20", "n": "1,234", "m": "1.50", "b": "是", "c": "存续"])
    }

    @Test(arguments: [
        ("0", true), ("-0", false), ("00", false), ("+1", false), ("-", false), ("9223372036854775807", true),
        ("-9223372036854775808", true), ("1.0", false), ("10", true), ("-10", true), ("010", false),
    ])
    func shortestNumbers(_ sample: (String, Bool)) throws {
        let batch = try normalize(entry([field("k"), field("n", .integer)]), [["k", .text(sample.0)]])
        #expect(batch.heads[0].originals.isEmpty == (sample.1 || batch.cell(0, 1).kind == .null))
    }

    @Test func whatHadNoValueAndWhatWasWrong() throws {
        let fields = [field("a", .decimal, absent: ["/"]), field("d", .date), field("c", source: .constant("x"))]
        #expect(try originals(fields, [" / ", "昨天"]) == ["a": "/"])
    }

    @Test func placesAndAlternatives() throws {
        let fields = [
            field("p", .point, crs: "EPSG:4490", source: .coordinates(x: "X", y: "Y")),
            field("name", .date, source: .alternatives(["CF_JDRQ", "JDRQ"])),
        ]
        #expect(
            try originals(fields, [" 112.82", "28.36 ", .missing, "2021/5/20"])
                == ["p": "112.82 28.36", "name": "2021/5/20"])
    }

    @Test func longValuesAreCutAndEscaped() throws {
        let long = String(repeating: "长", count: 200)
        let sent = try originals([field("d", .boolean, map: [long: "1", "\"\\\n\u{1}": "0"])], [.text(long)])
        #expect(sent == ["d": String(repeating: "长", count: 85) + "…"])
        let quoted = try originals([field("d", .boolean, map: ["\"\\\n\u{1}x": "0"])], ["\"\\\n\u{1}x"])
        #expect(quoted == ["d": "\"\\\n\u{1}x"])
    }

    @Test func theHashDoesNotKnowThem() throws {
        let dated = entry([field("k"), field("d", .date)])
        let batch = try normalize(dated, [["k", "2021/5/20"], ["k", "20210520"], ["k", "2021-05-20"]])
        #expect(try (0..<3).map { try originals(batch, $0) } == [["d": "2021/5/20"], ["d": "20210520"], [:]])
        #expect(batch.heads[0].hash == batch.heads[1].hash && batch.heads[1].hash == batch.heads[2].hash)
        #expect(batch.string(1, 1) == "2021-05-20" && batch.id(1) == "k")
    }

    @Test func removedRecordsNeedNone() throws {
        let delivery = Entry.Delivery.delta(
            Entry.Delta(parameter: "p", field: "v", removed: .init(path: "SCBZ", values: ["1"])))
        let batch = try normalize(entry([field("k", .date)], delivery: delivery), [["20210520", "1"]])
        #expect(batch.heads[0].isRemoved && batch.heads[0].originals.isEmpty)
    }
}
