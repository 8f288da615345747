import Model
import Testing

@testable import Exchange

@Suite struct JudgeTests {
    /// One line of the table: what a run would do, and what it is held for.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var read = 1000
        var served = 1000
        var removed = 0
        var refused = 0
        var changed = 0
        var vanished: [String] = []
        var promised: Int?
        var isSnapshot = true
        var isFirst = false
        var hasNewRules = false
        var held: [Suspicion] = []
    }

    static let cases = [
        Case(testDescription: "nothing changed"),
        Case(testDescription: "removals up to the guard", read: 950, removed: 50),
        Case(
            testDescription: "one removal more", read: 949, removed: 51,
            held: [.removed(51, served: 1000, allowed: 0.05)]),
        Case(
            testDescription: "removals that a delta names", read: 51, removed: 51, isSnapshot: false,
            held: [.removed(51, served: 1000, allowed: 0.05)]),
        Case(testDescription: "a tiny set may lose half", read: 9, served: 19, removed: 10),
        Case(
            testDescription: "the smallest set that is guarded", read: 18, served: 20, removed: 2,
            held: [.removed(2, served: 20, allowed: 0.05)]),
        Case(testDescription: "refusals up to the guard", refused: 10),
        Case(
            testDescription: "one refusal more", refused: 11,
            held: [.refused(11, read: 1000, allowed: 0.01)]),
        Case(testDescription: "one of three refused in a delta", read: 3, refused: 1, isSnapshot: false),
        Case(testDescription: "half changed", changed: 500),
        Case(
            testDescription: "more than half changed", changed: 501,
            held: [.changed(501, served: 1000, allowed: 0.5)]),
        Case(testDescription: "all changed by new rules", changed: 1000, hasNewRules: true),
        Case(
            testDescription: "new rules excuse no removal", read: 900, removed: 100, hasNewRules: true,
            held: [.removed(100, served: 1000, allowed: 0.05)]),
        Case(testDescription: "first load, much refused", read: 1000, served: 0, refused: 500, isFirst: true),
        Case(testDescription: "first load of nothing", read: 0, served: 0, isFirst: true),
        Case(testDescription: "empty source", read: 0, removed: 1000, held: [.empty(served: 1000)]),
        Case(testDescription: "empty source, tiny set", read: 0, served: 3, removed: 3, held: [.empty(served: 3)]),
        Case(testDescription: "empty delta", read: 0, isSnapshot: false),
        Case(testDescription: "promise kept", promised: 1000),
        Case(testDescription: "promise broken", promised: 1001, held: [.broken(promised: 1001, read: 1000)]),
        Case(
            testDescription: "promise broken by a first load", served: 0, promised: 2000, isFirst: true,
            held: [.broken(promised: 2000, read: 1000)]),
        Case(testDescription: "a field vanished", vanished: ["name"], held: [.vanished("name")]),
        Case(testDescription: "a field vanished from three changes", read: 3, vanished: ["name"], isSnapshot: false),
        Case(
            testDescription: "several at once", read: 900, removed: 100, refused: 100,
            held: [.removed(100, served: 1000, allowed: 0.05), .refused(100, read: 900, allowed: 0.01)]),
    ]

    @Test(arguments: cases) func verdict(on given: Case) {
        var difference = Difference()
        difference.read = given.read
        difference.served = given.served
        difference.removed = given.removed
        difference.refused = given.refused
        difference.changed = given.changed
        difference.vanished = given.vanished
        let judge = Judge(
            limits: Entry.Guard(), isSnapshot: given.isSnapshot, isFirst: given.isFirst,
            hasNewRules: given.hasNewRules, promised: given.promised)
        #expect(judge.verdict(on: difference) == (given.held.isEmpty ? .publish : .hold(given.held)))
    }

    @Test func sentencesSayFigures() {
        #expect(
            Suspicion.removed(62, served: 1000, allowed: 0.05).sentence
                == "62 of 1000 records (6.2%) would be removed; the entry allows 5%. "
                + "将删除 1000 条中的 62 条(6.2%),超过允许的 5%。")
        #expect(Suspicion.refused(1, read: 1600, allowed: 0.0005).sentence.contains("(0.06%) were refused"))
        #expect(Suspicion.refused(1, read: 1600, allowed: 0.0005).sentence.contains("allows 0.05%"))
        #expect(
            Suspicion.broken(promised: 10, read: 9).sentence.hasPrefix("The source promised 10 records and gave 9."))
    }
}
