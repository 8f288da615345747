/// How good data is, as far as an exchange can measure it: dimensions of GB/T 36344-2018, each a share of what was counted.
///
/// A dimension is nil where nothing was counted: nothing is never 100 % of nothing. `docs/quality.md` says what each counts.
public struct Quality: Sendable, Equatable {
    /// So many of so many; there is none of nothing.
    public struct Share: Sendable, Equatable {
        public let numerator: Int
        public let denominator: Int

        public init?(_ numerator: Int, of denominator: Int) {
            guard denominator > 0 else { return nil }
            self.numerator = numerator
            self.denominator = denominator
        }

        /// 0 to 1.
        public var value: Double { Double(numerator) / Double(denominator) }
    }

    /// 完整性: values that are there, of those that the entry declares.
    public var completeness: Share?
    /// 规范性: values that follow their standard, of those that were sent.
    public var validity: Share?
    /// 唯一性: records that are the only one of their key, of those that a snapshot brought.
    public var uniqueness: Share?
    /// 一致性: values of a subject in which two sources agree, of those that both have.
    public var consistency: Share?
    /// 时效性: publications within the update cycle, of those that were due.
    public var timeliness: Share?

    public init(
        completeness: Share? = nil, validity: Share? = nil, uniqueness: Share? = nil, consistency: Share? = nil,
        timeliness: Share? = nil
    ) {
        self.completeness = completeness
        self.validity = validity
        self.uniqueness = uniqueness
        self.consistency = consistency
        self.timeliness = timeliness
    }

    /// Every dimension under its name, in the order in which they are shown.
    public var dimensions: [(name: String, share: Share?)] {
        [
            ("completeness", completeness), ("validity", validity), ("uniqueness", uniqueness),
            ("consistency", consistency), ("timeliness", timeliness),
        ]
    }
}

// MARK: - As JSON

extension Quality: Codable {
    private enum Key: String, CodingKey {
        case completeness, validity, uniqueness, consistency, timeliness
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        completeness = try values.decodeIfPresent(Share.self, forKey: .completeness)
        validity = try values.decodeIfPresent(Share.self, forKey: .validity)
        uniqueness = try values.decodeIfPresent(Share.self, forKey: .uniqueness)
        consistency = try values.decodeIfPresent(Share.self, forKey: .consistency)
        timeliness = try values.decodeIfPresent(Share.self, forKey: .timeliness)
    }

    /// A dimension that was not measured is said to be null, so that nobody takes it for forgotten.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(completeness, forKey: .completeness)
        try values.encode(validity, forKey: .validity)
        try values.encode(uniqueness, forKey: .uniqueness)
        try values.encode(consistency, forKey: .consistency)
        try values.encode(timeliness, forKey: .timeliness)
    }
}

extension Quality.Share: Codable {
    private enum Key: String, CodingKey {
        case numerator, denominator, share
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let numerator = try values.decode(Int.self, forKey: .numerator)
        let denominator = try values.decode(Int.self, forKey: .denominator)
        guard let share = Quality.Share(numerator, of: denominator) else {
            throw DecodingError.dataCorruptedError(
                forKey: .denominator, in: values, debugDescription: "a share of nothing")
        }
        self = share
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(numerator, forKey: .numerator)
        try values.encode(denominator, forKey: .denominator)
        try values.encode(value, forKey: .share)
    }
}
