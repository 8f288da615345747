/// How much an archive may become; beyond it, opening stops with `source.too-large`.
public struct ArchiveLimits: Sendable, Equatable {
    /// Bytes of all content together.
    public var bytes: Int
    /// Entries, whatever they are.
    public var entries: Int
    /// Bytes of content to a byte of the archive, once there is more than `freeBytes` of content.
    public var ratio: Int
    /// Bytes of content that may be packed as tightly as they like.
    public var freeBytes: Int

    public init(bytes: Int = 8 << 30, entries: Int = 10_000, ratio: Int = 200, freeBytes: Int = 1 << 20) {
        self.bytes = bytes
        self.entries = entries
        self.ratio = ratio
        self.freeBytes = freeBytes
    }

    /// Whether so much content may come of so much archive.
    public func allow(content: Int, of packed: Int) -> Bool {
        content <= bytes && (content <= freeBytes || content / ratio <= packed)
    }
}
