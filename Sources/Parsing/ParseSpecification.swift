import Model

/// What is wanted from a body: where its records are, and which values of each record and of the document around them.
public struct ParseSpecification: Sendable {
    public var format: SourceFormat
    /// JSON: the array of records, where an object counts as a list of one. XML: the element that is a record. CSV: every
    /// row is one.
    public var records: SourcePath
    /// Paths relative to a record, one for each column of the `RawBatch`.
    public var columns: [SourcePath]
    /// Paths from the document's start, before or after the records: success code, message, total, cursor.
    public var document: [SourcePath]
    /// XML only: columns whose elements are kept with their markup, as JsonML, where elements stand in them.
    public var markup: Set<Int> = []
    /// JSON only: the body is a sequence of documents (NDJSON); `records` is looked for in each, `""` is each itself.
    public var isLines: Bool
    /// CSV only.
    public var csv: CSVForm
    /// Where the body only holds the document: the format and the paths above are that document's.
    public var wrapping: Wrapping?
    public var limits: ParseLimits
    /// What the time of parsing is measured by.
    public var clock: @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
    /// The time of the body that this is a part of; nil for a body of its own.
    var time: ParseTime?

    public init(
        format: SourceFormat, records: SourcePath, columns: [SourcePath], document: [SourcePath] = [],
        isLines: Bool = false, csv: CSVForm = CSVForm(), wrapping: Wrapping? = nil,
        limits: ParseLimits = ParseLimits()
    ) {
        self.format = format
        self.records = records
        self.columns = columns
        self.document = document
        self.isLines = isLines
        self.csv = csv
        self.wrapping = wrapping
        self.limits = limits
    }
}

/// How much a body may ask of us; beyond it, parsing stops with `source.too-large`.
public struct ParseLimits: Sendable, Equatable {
    /// Containers or elements within each other.
    public var depth: Int
    /// Bytes of UTF-8 in one value, nested documents included; a single CDATA section has half of the default at most.
    public var valueBytes: Int
    /// Bytes of UTF-8 in the selected values of one record.
    public var recordBytes: Int
    /// Attributes of one element, with the namespaces that it declares.
    public var attributes: Int
    /// Members of one JSON object.
    public var members: Int
    /// Bytes of an element's or attribute's local name, or of a JSON member's name.
    public var nameBytes: Int
    /// Bytes of a JSON number.
    public var numberBytes: Int
    /// Bytes of one tag, comment or instruction of XML, which is held whole before it is understood.
    public var markupBytes: Int
    /// Bytes that a compressed value may become.
    public var inflatedBytes: Int
    /// Time of parsing alone, whatever the body's size; every mebibyte adds a second.
    public var seconds: Int

    public init(
        depth: Int = 64, valueBytes: Int = 16 << 20, recordBytes: Int = 64 << 20, attributes: Int = 256,
        members: Int = 100_000, nameBytes: Int = 1024, numberBytes: Int = 1024, markupBytes: Int = 256 << 10,
        inflatedBytes: Int = 1 << 30, seconds: Int = 30
    ) {
        self.depth = depth
        self.valueBytes = valueBytes
        self.recordBytes = recordBytes
        self.attributes = attributes
        self.members = members
        self.nameBytes = nameBytes
        self.numberBytes = numberBytes
        self.markupBytes = markupBytes
        self.inflatedBytes = inflatedBytes
        self.seconds = seconds
    }
}
