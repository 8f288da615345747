import Testing

@testable import SQLiteStore

@Suite("How far a source is followed through its table") struct TrailTests {
    @Test func oneRecordElsewhereDoesNotLeadAway() {
        var trail = Trail()
        trail.next = 5
        let first = trail.lose(at: 900)
        trail.follow()
        let second = trail.lose(at: 901)
        #expect(!first && !second && trail.next == 5)
    }

    @Test func whereTwoAreElsewhereItGoesOnThere() {
        var trail = Trail()
        let first = trail.lose(at: 70)
        let second = trail.lose(at: 71)
        #expect(!first && second && trail.next == 72)
    }

    @Test func aSourceInAnOrderOfItsOwnIsFollowedEverLess() {
        var trail = Trail()
        let seeks = (0..<100_000).count { trail.lose(at: Int64($0 * 37 % 1000)) }
        #expect((10...40).contains(seeks))
    }
}
