/// What is wrong with one value of one record (问题数据项). Bad data is a result, not an error.
public struct Finding: Sendable, Codable, Equatable {
    public enum Severity: String, Sendable, Codable {
        /// The value was kept, or read with a reservation.
        case warning
        /// The value could not be read: the field is null.
        case error
    }

    /// Index of the record in its batch; no meaning outside of it.
    public var record: Int
    /// The field's name; empty where the record as a whole is meant.
    public var field: String
    /// The stable name of the rule that was broken, for example `citizen-id.check-digit` (`docs/findings.md`).
    public var rule: String
    public var severity: Severity
    /// What is wrong and which standard says so, for the department's engineer.
    public var message: String
    /// The value as it was sent, masked where the field's grade asks for it, shortened to 64 characters.
    public var value: String?
    /// The path that was read.
    public var path: String?

    public init(
        record: Int = 0, field: String, rule: String, severity: Severity = .error, message: String,
        value: String? = nil, path: String? = nil
    ) {
        self.record = record
        self.field = field
        self.rule = rule
        self.severity = severity
        self.message = message
        self.value = value
        self.path = path
    }
}

/// A record that was not kept: what it was, why, and where it stood (隔离区).
public struct Refusal: Sendable, Codable, Equatable {
    /// The record's id where its key could be read; what is published under it stays, marked stale.
    public var id: String?
    /// The record as read: path to raw value, as a JSON object. Holds personal data: never logged.
    public var raw: String
    public var findings: [Finding]
    public var locator: SourceLocator

    public init(id: String?, raw: String, findings: [Finding], locator: SourceLocator) {
        self.id = id
        self.raw = raw
        self.findings = findings
        self.locator = locator
    }
}
