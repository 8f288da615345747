import Model

/// The versions of a stream (`ACTIVATE_VERSION`): which of its records are the table as it is now.
///
/// A program that sends a stream whole gives its records a version and says at the end, or at both ends, that this version
/// is the stream. So
/// - a record of another version than the one activated before it is not kept;
/// - one that was kept already and turns out to be of another version fails the run, since nothing is published by halves;
/// - records without version belong to any.
struct StreamVersions {
    /// Whether everything is read.
    let isSnapshot: Bool
    /// The version that the last published run activated.
    let known: String?
    /// Whether the program was told where it stopped, so that what it sends is not everything.
    let goesOn: Bool

    /// The version activated last.
    private(set) var activated: String?
    /// The version of the records that were kept.
    private var kept: String?
    /// Records that were not kept.
    private(set) var dropped = 0

    init(isSnapshot: Bool, known: String?, goesOn: Bool) {
        self.isSnapshot = isSnapshot
        self.known = known
        self.goesOn = goesOn
    }

    /// Whether a record of this version is kept.
    ///
    /// - Throws: `source.unexpected` for a second version while none is activated.
    mutating func keeps(_ version: String?) throws(Fault) -> Bool {
        guard let version else { return true }
        if let activated, activated != version {
            dropped += 1
            return false
        }
        if let kept, kept != version { throw mixed(kept, version) }
        kept = version
        return true
    }

    /// Takes note of an activation.
    ///
    /// - Throws: `source.unexpected` where records of another version were kept, or where a program that was asked for
    ///   changes sent the stream whole.
    mutating func activate(_ version: String) throws(Fault) {
        if !isSnapshot, goesOn, version != known {
            throw Fault(
                .sourceUnexpected, "the program sent the stream whole, as version \(version), instead of its changes",
                advice: "Write `delivers: snapshot` in the entry, or choose a replication_method that sends changes.")
        }
        if let kept, kept != version { throw mixed(kept, version) }
        if let activated, activated != version, dropped > 0 { throw mixed(activated, version) }
        activated = version
    }

    /// Says that the output is over.
    ///
    /// - Throws: `source.truncated` where the version of a whole stream was never activated.
    func finish() throws(Fault) {
        guard isSnapshot, let kept, activated == nil else { return }
        throw Fault(
            .sourceTruncated, "the program never said that version \(kept) of the stream is complete",
            advice: "Try again; see the program's log for what kept it from ending its work.")
    }

    private func mixed(_ first: String, _ second: String) -> Fault {
        Fault(
            .sourceUnexpected, "the output mixes versions \(first) and \(second) of the stream",
            advice: "Run the entry again; if it stays, tell whoever maintains the program.")
    }
}
