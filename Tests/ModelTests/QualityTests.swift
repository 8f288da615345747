import Foundation
import Model
import Testing

@Suite struct QualityTests {
    @Test func thereIsNoShareOfNothing() throws {
        #expect(Quality.Share(0, of: 0) == nil)
        #expect(Quality.Share(3, of: 4)?.value == 0.75)
        #expect(QualityTally().quality == Quality())
        #expect(QualityTally().quality(at: 1_000, term: 60) == Quality())
    }

    @Test func whatWasNotMeasuredIsNullInJSON() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let quality = Quality(completeness: .init(3, of: 4))
        let text = String(decoding: try encoder.encode(quality), as: UTF8.self)
        #expect(
            text == #"{"completeness":{"denominator":4,"numerator":3,"share":0.75},"consistency":null,"#
                + #""timeliness":null,"uniqueness":null,"validity":null}"#)
        #expect(try JSONDecoder().decode(Quality.self, from: Data(text.utf8)) == quality)
    }

    /// Published at 0; then after 50, 100 and 350 seconds, with a term of 100.
    @Test func aPublicationIsInTimeOrLateByTheTermsThatPassed() {
        var tally = QualityTally()
        tally.deliver(at: 0, term: 100)
        #expect((tally.due, tally.timely) == (0, 0))
        #expect(tally.quality(at: 99, term: 100).timeliness == .init(1, of: 1), "what is served is in time")
        tally.deliver(at: 50, term: 100)
        tally.deliver(at: 150, term: 100)
        #expect((tally.due, tally.timely) == (2, 2))
        tally.deliver(at: 500, term: 100)
        #expect((tally.due, tally.timely) == (5, 2), "three terms passed without one")
        #expect(tally.quality(at: 550, term: 100).timeliness == .init(3, of: 6))
        #expect(tally.quality(at: 750, term: 100).timeliness == .init(2, of: 7), "two more have passed by now")
        #expect(tally.quality(at: 750, term: nil).timeliness == .init(2, of: 5), "without a term nothing is due")
    }
}
