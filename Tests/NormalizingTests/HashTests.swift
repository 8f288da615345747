import Model
import Testing

@testable import Normalizing

@Suite struct HashTests {
    private func hash(_ fields: [Field], _ record: [Raw], key: [String] = ["k"]) throws(Fault) -> RecordBatch.Hash {
        try normalize(entry(fields, key: key), [record]).heads[0].hash
    }

    private let fields = [field("k"), field("a"), field("b"), field("n", .integer), field("d", .date)]

    @Test func sameValuesSameHash() throws {
        let one = try hash(fields, ["k", "x", "y", .number("1"), "2021-05-20"])
        #expect(try hash(fields, [" k", "x ", "y", "1.0", "2021年5月20日"]) == one)
        // Wherever in a batch it stands.
        let batch = try normalize(
            entry(fields), [["j", "z", "z", .null, .null], ["k", "x", "y", .number("1"), "20210520"]])
        #expect(batch.heads[1].hash == one)
        #expect(batch.heads[0].hash != one)
    }

    @Test func everyDifferenceCounts() throws {
        let records: [[Raw]] = [
            ["k", "xy", "z", .number("1"), .null], ["k", "x", "yz", .number("1"), .null],
            ["k", "xyz", .null, .number("1"), .null],
            ["k", .null, "xyz", .number("1"), .null], ["k", "xy", "z", .number("2"), .null],
            ["k", "xy", "z", .null, .null],
            ["k", "xy", "z", .number("0"), .null], ["k", "xy", "z", .null, "2021-05-20"],
            ["k", "xy", "z", .null, "昨天"],
            ["k", "xy", "z", .null, "2021-02-30"], ["k", "xy", "z", "昨天", .null],
        ]
        var seen: [RecordBatch.Hash] = []
        for record in records {
            let next = try hash(fields, record)
            #expect(!seen.contains(next), "\(record)")
            seen.append(next)
        }
    }

    @Test func rulesCount() throws {
        let plain = try normalizer(entry(fields))
        #expect(plain.rules.count == 64)
        var mapped = fields
        mapped[1].map = ["never": "met"]
        #expect(try normalizer(entry(mapped)).rules != plain.rules)
        let record: [Raw] = ["k", "x", "y", .number("1"), "2021-05-20"]
        #expect(try hash(mapped, record) != hash(fields, record))
        #expect(try hash(fields, record, key: ["k", "a"]) != hash(fields, record))
        // What a value is called, and whether it is sortable, changes no value.
        var renamed = fields
        renamed[1].title = "别的"
        renamed[1].isIndexed = true
        #expect(try normalizer(entry(renamed)).rules == plain.rules)
    }
}
