/// How a file of separated values is written (RFC 4180).
public struct CSVForm: Sendable, Equatable {
    /// The byte between two values.
    public var separator: UInt8
    /// Whether the first line names the columns; otherwise they are asked for by number, counted from 1.
    public var hasHeader: Bool

    public init(separator: UInt8 = UInt8(ascii: ","), hasHeader: Bool = true) {
        self.separator = separator
        self.hasHeader = hasHeader
    }
}
