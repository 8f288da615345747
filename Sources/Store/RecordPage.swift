import Model

/// Records on their way out, already masked as the caller's disclosure asks.
public struct RecordPage: Sendable {
    /// What stands in the batch's columns.
    public var fields: [CollectionField]
    public var batch: RecordBatch
    public var envelopes: [RecordEnvelope]
    /// Where the next page starts; nil on the last.
    public var next: PageCursor?

    public init(
        fields: [CollectionField], batch: RecordBatch, envelopes: [RecordEnvelope], next: PageCursor? = nil
    ) {
        self.fields = fields
        self.batch = batch
        self.envelopes = envelopes
        self.next = next
    }

    /// A page without records yet.
    public init(fields: [CollectionField]) {
        self.init(fields: fields, batch: RecordBatch(columns: fields.count), envelopes: [])
    }
}

/// What is known of a served record beside its values.
public struct RecordEnvelope: Sendable, Equatable {
    public var revision: Int64
    public var run: Int64
    /// When that revision was published, RFC 3339.
    public var publishedAt: String
    /// The source sent this record again and it was refused: this is the last good version.
    public var isStale: Bool

    public init(revision: Int64, run: Int64, publishedAt: String, isStale: Bool) {
        self.revision = revision
        self.run = run
        self.publishedAt = publishedAt
        self.isStale = isStale
    }
}

/// One version of a record; several versions may have been fields of different generations.
public struct RecordVersion: Sendable {
    public var page: RecordPage
    public var validFrom: String
    /// Nil for the version that is served.
    public var validTo: String?
    /// The record was removed at `validFrom`.
    public var isRemoval: Bool

    public init(page: RecordPage, validFrom: String, validTo: String?, isRemoval: Bool) {
        self.page = page
        self.validFrom = validFrom
        self.validTo = validTo
        self.isRemoval = isRemoval
    }
}

/// Changes of a collection, in the order of their revisions.
public struct ChangePage: Sendable {
    /// The records as they are now; a removed one has only an id.
    public var page: RecordPage
    /// Which of the page's records are tombstones.
    public var removed: Set<Int>
    public var epoch: String
    /// What to ask after next; equal to the revision asked for where nothing changed.
    public var last: Int64
    /// Whether more is there already.
    public var hasMore: Bool

    public init(page: RecordPage, removed: Set<Int>, epoch: String, last: Int64, hasMore: Bool) {
        self.page = page
        self.removed = removed
        self.epoch = epoch
        self.last = last
        self.hasMore = hasMore
    }
}

/// Where one value came from.
public struct ValueOrigin: Sendable, Codable, Equatable {
    public var field: String
    public var entry: String
    public var sourceField: String
    /// The source record's id in its entry's collection.
    public var record: String
    public var run: Int64
    public var locator: SourceLocator?
    public var revision: Int64
    public var publishedAt: String
    /// The value as it was sent, where it was converted; masked where the field is, so that it tells no more.
    public var original: String?

    public init(
        field: String, entry: String, sourceField: String, record: String, run: Int64, locator: SourceLocator?,
        revision: Int64, publishedAt: String, original: String? = nil
    ) {
        self.field = field
        self.entry = entry
        self.sourceField = sourceField
        self.record = record
        self.run = run
        self.locator = locator
        self.revision = revision
        self.publishedAt = publishedAt
        self.original = original
    }
}

/// A collection as it is served now.
public struct CollectionState: Sendable, Codable, Equatable {
    public var collection: Collection
    /// The greatest revision published.
    public var revision: Int64
    /// The feed's epoch: revisions compare within one only.
    public var epoch: String
    public var count: Int64
    public var publishedAt: String?
    /// West, south, east, north of all places, where there are any.
    public var extent: BoundingBox?

    public init(
        collection: Collection, revision: Int64, epoch: String, count: Int64, publishedAt: String?,
        extent: BoundingBox? = nil
    ) {
        self.collection = collection
        self.revision = revision
        self.epoch = epoch
        self.count = count
        self.publishedAt = publishedAt
        self.extent = extent
    }
}
