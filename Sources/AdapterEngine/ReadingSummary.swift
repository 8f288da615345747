/// How much is handed over at once: whatever limit is met first ends a batch, at the end of a chunk of the body.
public struct BatchLimit: Sendable, Equatable {
    public var records: Int
    public var bytes: Int
    /// A slow source's pages are handed over after this long, so that an interruption repeats little.
    public var age: Duration

    public init(records: Int = 5_000, bytes: Int = 4 << 20, age: Duration = .seconds(2)) {
        self.records = records
        self.bytes = bytes
        self.age = age
    }
}

/// What a reading came to.
public struct ReadingSummary: Sendable, Equatable {
    /// Pages read to their end.
    public var pages = 0
    /// Records handed over, without those that an interrupted run had staged before.
    public var records = 0
    /// The number of records that the source promised, where it did.
    public var promised: Int?
    /// The source says that nothing changed since the watermark: nothing was handed over.
    public var notModified = false
    /// Validators of the one page, for the watermark.
    public var etag: String?
    public var lastModified: String?
    /// What a source that keeps its own state said of it last, for the watermark; nil where it keeps none.
    public var state: String?
    /// The last lines of a program's log, where it gave no records: they often say why.
    public var said: [String] = []
    /// Whether more was delivered than this reading took: another one can follow at once.
    public var moreWait = false
    /// Seconds spent in each stage, `fetch` and `parse`; what the batches' receiver takes is not in them.
    public var seconds: [String: Double] = ["fetch": 0, "parse": 0]

    public init() {}
}
