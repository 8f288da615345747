import Model

/// A document within a value of another: where it is, and how it is opened.
///
/// Departments' SOAP services answer with XML in a CDATA section or in escaped text, gateways with JSON in a string or with
/// compressed bytes in base64.
public struct Wrapping: Sendable {
    /// What has to be undone before the document can be read, in this order.
    public enum Step: Sendable, Equatable {
        case base64, gzip

        /// Nil for a step that says what a value is, and undoes nothing.
        public init?(_ step: Manifest.Decoder.Unwrapping) {
            switch step {
            case .base64: self = .base64
            case .gzip: self = .gzip
            case .xml, .json: return nil
            }
        }
    }

    /// Where the values are that hold a document each: records of the outer document, and a value in each of them.
    public var records: SourcePath
    public var value: SourcePath
    public var steps: [Step]
    /// What is asked of the document around the records, in place of the specification's own `document`.
    public var values: [Value]

    /// A value that either document may have: looked for in the outer one first.
    public struct Value: Sendable {
        public var outer: SourcePath?
        public var inner: SourcePath?

        public init(outer: SourcePath?, inner: SourcePath?) {
            self.outer = outer
            self.inner = inner
        }

        /// As it is written.
        public var text: String { (outer ?? inner)?.text ?? "" }
    }

    public init(records: SourcePath, value: SourcePath, steps: [Step], values: [Value]) {
        self.records = records
        self.value = value
        self.steps = steps
        self.values = values
    }

    var format: SourceFormat { records.format }
}
