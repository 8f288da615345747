import Model
import Testing

@testable import Normalizing

@Suite struct AlternativeTests {
    private let fields = [
        field("k"),
        field("party", absent: ["/"], required: true, source: .alternatives(["CF_XDR_MC", "CF_XDR", "XDR"])),
        field("day", .date, source: .alternatives(["CF_JDRQ", "JDRQ"])),
    ]

    @Test func theFirstThatHasAValueCounts() throws {
        let several = entry(fields)
        #expect(several.readPaths == ["k", "CF_XDR_MC", "CF_XDR", "XDR", "CF_JDRQ", "JDRQ"])
        let batch = try normalize(
            several,
            [
                ["1", "新", "旧", "最旧", "2021-05-20", "2020-01-01"],
                ["2", .missing, "旧", "最旧", .null, "2020-01-01"],
                ["3", " ", " / ", "最旧", "昨天", "2020-01-01"],
                ["4", "/", .null, .missing, .null, .missing],
            ])
        #expect((0..<3).map { batch.string($0, 1) } == ["新", "旧", "最旧"])
        // A value that cannot be read is a finding; what the source calls otherwise does not stand in for it.
        #expect((0..<3).map { batch.string($0, 2) } == ["2021-05-20", "2020-01-01", nil])
        #expect(batch.findings.map(\.path) == ["CF_JDRQ"])
        #expect(batch.refusals.map(\.findings[0].rule) == ["required.missing"])
        #expect(batch.refusals[0].findings[0].path == "CF_XDR_MC CF_XDR XDR")
    }

    @Test func findingsNameThePathThatWasRead() throws {
        let batch = try normalize(entry(fields), [["1", "新", .null, .null, .missing, "昨天"]])
        #expect(batch.findings.map(\.path) == ["JDRQ"] && batch.findings.map(\.value) == ["昨天"])
    }
}
