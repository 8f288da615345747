import Testing

/// How often the hot functions ask for memory for each record. Times are told and never judged; this holds on any machine.
@Suite(.enabled(if: AllocationReport.isCounted, "nothing counts allocations in this build"))
struct AllocationTests {
    /// The most that a record may cost.
    static let limits: [String: Double] = [
        "parse json": 0.05, "parse xml": 0.05, "parse csv": 0.05, "normalise": 1.5, "stage load": 4,
        "stage unchanged": 3,
    ]

    @Test func everyHotFunctionIsCounted() throws {
        #expect(try Set(AllocationReport.result.get().keys) == Set(Self.limits.keys))
    }

    @Test(arguments: limits.keys.sorted()) func aRecordCostsWhatItMay(name: String) throws {
        let cost = try #require(try AllocationReport.result.get()[name])
        let limit = try #require(Self.limits[name])
        #expect(cost <= limit, "\(name) asks for memory \(cost) times a record, and may \(limit) times")
        // One that counts nothing would please any limit.
        #expect(!name.hasPrefix("stage") || cost > 0)
    }
}
