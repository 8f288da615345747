import Testing

/// How often the hot functions ask for memory for each record. Times are told and never judged; this holds on any machine.
@Suite(.enabled(if: AllocationReport.isCounted, "nothing counts allocations in this build"))
struct AllocationTests {
    /// The most that a record may cost: nothing of parsing and normalising, and of staging what SQLite takes for a
    /// statement. A batch that grows and a page of SQLite's cache cost less than that between them.
    static let limits: [String: Double] = [
        "parse json": 0.05, "parse xml": 0.05, "parse csv": 0.05, "normalise": 0.05, "stage load": 5,
        "stage unchanged": 0.5,
    ]

    /// What is allowed beside it in a build that is not optimised, where generic code of the standard library makes a
    /// box for each of the 20 fields now and then. A `String` for each would cost as much again.
    static let unoptimised: [String: Double] = [
        "parse json": 22, "parse xml": 24, "normalise": 11, "stage load": 2, "stage unchanged": 2,
    ]

    static func limit(of name: String) -> Double? {
        #if DEBUG
            limits[name].map { $0 + (unoptimised[name] ?? 0) }
        #else
            limits[name]
        #endif
    }

    @Test func everyHotFunctionIsCounted() throws {
        #expect(try Set(AllocationReport.result.get().keys) == Set(Self.limits.keys))
    }

    @Test(arguments: limits.keys.sorted()) func aRecordCostsWhatItMay(name: String) throws {
        let cost = try #require(try AllocationReport.result.get()[name])
        let limit = try #require(Self.limit(of: name))
        #expect(cost <= limit, "\(name) asks for memory \(cost) times a record, and may \(limit) times")
        // One that counts nothing would please any limit.
        #expect(!name.hasPrefix("stage") || cost > 0)
    }
}
