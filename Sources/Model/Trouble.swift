/// Something that is wrong with an exchange now, for whoever looks at it.
public struct Trouble: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// The store cannot be written, or its disk is nearly full.
        case store
        /// The schedule does not start what is due.
        case schedule
        /// The catalogue's files have mistakes; the last good version runs.
        case catalogue
        /// A system failed so often that it is left alone.
        case system
        /// An entry's runs have failed since it last published.
        case failing
        /// An entry's run waits for a person's decision.
        case held
        /// An entry was not published within its update cycle's term.
        case stale
    }

    public var kind: Kind
    /// The entry or system; nil for the exchange as a whole.
    public var about: String?
    /// RFC 3339; since when, where it is known.
    public var since: String?
    /// What is wrong, in one sentence.
    public var sentence: String
    /// A code of `docs/errors.md`, where there is one.
    public var code: FaultCode?
    /// The run to look at.
    public var run: Int64?
    /// RFC 3339; when that was published which an entry's consumers are given meanwhile; nil where they are given nothing.
    public var servedFrom: String?

    public init(
        _ kind: Kind, about: String? = nil, since: String? = nil, _ sentence: String, code: FaultCode? = nil,
        run: Int64? = nil, servedFrom: String? = nil
    ) {
        self.kind = kind
        self.about = about
        self.since = since
        self.sentence = sentence
        self.code = code
        self.run = run
        self.servedFrom = servedFrom
    }
}

/// Runs of an entry that failed since it last published.
public struct FailureStreak: Sendable, Equatable {
    public var count: Int
    /// RFC 3339; when the first of them began.
    public var since: String

    public init(count: Int, since: String) {
        self.count = count
        self.since = since
    }
}
