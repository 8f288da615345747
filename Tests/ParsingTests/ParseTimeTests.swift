import Foundation
import Model
import Synchronization
import Testing

@testable import Parsing

/// Parsing one body ends in time, however it is made.
@Suite struct ParseTimeTests {
    /// A clock that goes on by so much whenever it is looked at.
    private final class Steps: Sendable {
        private let now = Mutex(ContinuousClock.now)
        private let step: Duration

        init(_ step: Duration) { self.step = step }

        func look() -> ContinuousClock.Instant {
            now.withLock { now in
                now += step
                return now
            }
        }
    }

    @Test(arguments: [SourceFormat.json, .xml, .csv])
    func time(_ format: SourceFormat) throws {
        let path = try SourcePath(format == .csv ? "a" : "", format: format)
        // Each piece takes ten seconds, of thirty.
        let clock = Steps(.seconds(10))
        var specification = ParseSpecification(format: format, records: path, columns: [path])
        specification.clock = { clock.look() }
        let parser = try makeParser(specification, page: 1)
        var batch = RawBatch(columns: 1)
        let pieces: [String] =
            switch format {
            case .json: ["[{},", "{},", "{},", "{}"]
            case .xml: ["<r>  ", "<i/>", "<i/>", "<i/>"]
            case .csv: ["a\r\n1\r\n", "2\r\n", "3\r\n", "4\r\n"]
            }
        for piece in pieces.dropLast() { try parser.feed(Array(piece.utf8), into: &batch) }
        let found = #expect(throws: Fault.self) { try parser.feed(Array(pieces[3].utf8), into: &batch) }
        #expect(found?.code == .sourceTooLarge)
        #expect(found?.message == "the body takes longer to parse than 30 seconds")
    }

    /// A large body may take longer, a second for each mebibyte.
    @Test func timeOfALargeBody() throws {
        let clock = Steps(.seconds(10))
        var specification = try json("", ["a"])
        specification.clock = { clock.look() }
        let parser = try makeParser(specification, page: 1)
        var batch = RawBatch(columns: 1)
        try parser.feed(Array("[{},".utf8), into: &batch)
        let piece = Array((#"{"a":"\#(String(repeating: "x", count: 1 << 20))"},"#).utf8)
        // After n pieces of a mebibyte, 10 (n + 1) seconds were taken and 30 + n were allowed.
        for _ in 1...2 { try parser.feed(piece, into: &batch) }
        let found = #expect(throws: Fault.self) { try parser.feed(piece, into: &batch) }
        #expect(found?.message == "the body takes longer to parse than 33 seconds")
    }

    /// The documents in a body have no time of their own.
    @Test func timeOfDocumentsWithin() throws {
        let clock = Steps(.seconds(8))
        var specification = try json("", ["a{json}/b"])
        specification.clock = { clock.look() }
        let parser = try makeParser(specification, page: 1)
        var batch = RawBatch(columns: 1)
        let found = #expect(throws: Fault.self) {
            try parser.feed(Array(#"[{"a":"{\"b\":1}"},{"a":"{\"b\":2}"},{"a":"{\"b\":3}"},"#.utf8), into: &batch)
            try parser.feed(Array(#"{"a":"{\"b\":4}"}]"#.utf8), into: &batch)
        }
        #expect(found?.message == "the body takes longer to parse than 30 seconds")
    }
}
