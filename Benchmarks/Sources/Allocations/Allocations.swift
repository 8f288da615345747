import CAllocations

/// Prints how often the hot functions ask for memory, for each record: `parse json 0.02`.
///
/// A function is run on a number of records and on twice as many; the difference, divided by the number, is what a
/// record costs. What is spent on making ready falls out, and what grows by doubling all but does.
@main
enum Allocations {
    static func main() async throws {
        guard huitong_counts_allocations() else {
            print("not counted here: this takes glibc, and a build without sanitizers")
            return
        }
        let count = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 4000
        for format in Body.Format.allCases {
            try measure("parse \(format.rawValue)", count) { try Parse(format, $0).run }
        }
        try measure("normalise", count) { try Normalize($0).run }
        for work in Stage.Work.allCases { try await measure(work, count) }
    }

    /// - Parameter prepare: makes the work on a number of records, which is not counted, and gives what is.
    private static func measure(_ name: String, _ count: Int, _ prepare: (Int) throws -> () throws -> Void) throws {
        let once = try allocations(try prepare(count))
        let twice = try allocations(try prepare(2 * count))
        tell(name, Double(twice) - Double(once), count)
    }

    private static func allocations(_ work: () throws -> Void) throws -> UInt64 {
        let before = huitong_allocations()
        try work()
        return huitong_allocations() - before
    }

    private static func measure(_ work: Stage.Work, _ count: Int) async throws {
        let once = try await Stage(count).allocations(of: work)
        let twice = try await Stage(2 * count).allocations(of: work)
        tell("stage \(work.rawValue)", Double(twice) - Double(once), count)
    }

    private static func tell(_ name: String, _ difference: Double, _ count: Int) {
        let hundredths = Int((difference / Double(count) * 100).rounded())
        print(
            "\(name) \(hundredths < 0 ? "-" : "")\(abs(hundredths) / 100).\(String(100 + abs(hundredths) % 100).dropFirst())"
        )
    }
}
