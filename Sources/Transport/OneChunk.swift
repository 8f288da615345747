import Synchronization

/// A body's only chunk, handed over once.
final class OneChunk: Sendable {
    private let chunk: Mutex<[UInt8]?>

    init(_ chunk: [UInt8]) { self.chunk = Mutex(chunk.isEmpty ? nil : chunk) }

    func take() -> [UInt8]? {
        chunk.withLock { chunk in
            defer { chunk = nil }
            return chunk
        }
    }
}
