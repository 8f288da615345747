import District

/// One thing that is measured: a program that takes a register's pages into a database.
///
/// A contender's re-sync finds in its folder what its own first load left there.
struct Trial: Sendable {
    struct Setting: Sendable {
        /// `…?pageNo=N` is a page.
        let url: String
        /// For the contender's own files.
        let folder: String
        let format: EntityGenerator.Format
    }

    /// What a contender did, by its own count.
    struct Outcome: Sendable {
        let records: Int
        let bytes: Int
        /// Seconds of its stages, where it tells.
        var stages: [String: Double] = [:]
    }

    let contender: String
    let edition: EntityGenerator.Edition
    let format: EntityGenerator.Format
    let body: @Sendable (Setting) throws -> Outcome

    var name: String { "\(contender)-\(edition == .first ? "load" : "resync")-\(format.rawValue)" }

    func timed(_ setting: Setting) throws -> Measurement {
        let clock = ContinuousClock()
        let start = clock.now
        let outcome = try body(setting)
        let seconds = (clock.now - start) / .seconds(1)
        return Measurement(
            name: name, records: outcome.records, seconds: seconds, bytes: outcome.bytes, stages: outcome.stages)
    }

    /// All measurements; a first load stands before its re-sync.
    static let all: [Trial] =
        EntityGenerator.Format.allCases.flatMap { format in
            [
                Trial(contender: Self.floor, edition: .first, format: format, body: Floor.load),
                Trial(contender: Self.floor, edition: .second, format: format, body: Floor.resync),
            ]
        } + Exchange(hasSubject: false).trials + Exchange(hasSubject: true).trials

    /// Those that stand beside peers as well.
    static let known = all + Exchange.besidePeers

    /// The contender that the others are compared with.
    static let floor = "floor"
}
