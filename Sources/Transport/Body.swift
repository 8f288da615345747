import Model

/// The bytes of an answer as they arrive, decompressed, in chunks of at most 256 KiB. It is read once, by one task.
///
/// Nothing is fetched far ahead of the reader: when it falls behind, the socket stops being read and the other side
/// waits. Dropping the body, or cancelling the task that reads it, ends the transfer. An unread body keeps its place in
/// its system's concurrency. A body that breaks off throws `source.truncated` after the chunks that arrived.
public struct Body: AsyncSequence, Sendable {
    public typealias Element = [UInt8]
    public typealias Failure = Fault

    let pull: @Sendable () async throws(Fault) -> [UInt8]?

    /// A body that asks `pull` for its next chunk until that is nil.
    public init(pull: @escaping @Sendable () async throws(Fault) -> [UInt8]?) {
        self.pull = pull
    }

    public func makeAsyncIterator() -> Iterator { Iterator(pull: pull) }

    public struct Iterator: AsyncIteratorProtocol {
        let pull: @Sendable () async throws(Fault) -> [UInt8]?

        public mutating func next() async throws(Fault) -> [UInt8]? { try await pull() }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(Fault) -> [UInt8]? {
            try await pull()
        }
    }

    /// The whole body, for answers known to be small; more than `limit` bytes are `source.too-large`.
    public func bytes(limit: Int = 16 << 20) async throws(Fault) -> [UInt8] {
        var all: [UInt8] = []
        while let chunk = try await pull() {
            guard all.count + chunk.count <= limit else {
                throw Fault(.sourceTooLarge, "The answer is larger than the \(limit) bytes expected here.")
            }
            all += chunk
        }
        return all
    }
}
