import Model
import Synchronization
import Transport

/// A file on its way here: its bytes are counted and digested as they pass, and its first ones say how it is packed.
final class PackedStream: Sendable {
    private struct State {
        var head: [UInt8] = []
        var bytes = 0
        var checksum: Checksum?
    }

    private let body: Body
    private let state: Mutex<State>

    /// - Parameter algorithm: the digest that is wanted; nil for none.
    init(_ body: Body, digest algorithm: ExpectedDigest.Algorithm?) {
        self.body = body
        state = Mutex(State(checksum: algorithm.map { Checksum($0) }))
    }

    /// Bytes so far.
    var bytes: Int { state.withLock { $0.bytes } }

    /// The digest of what has passed.
    var digest: String? { state.withLock { $0.checksum?.hex } }

    /// How the file is packed; its first bytes are kept for the reader.
    func packing() async throws(Fault) -> Packing {
        var head: [UInt8] = []
        while head.count < Packing.signBytes, let chunk = try await fetch() { head += chunk }
        state.withLock { $0.head = head }
        return Packing(head)
    }

    /// The next bytes; nil at the end.
    func next() async throws(Fault) -> [UInt8]? {
        let head = state.withLock { state in
            defer { state.head = [] }
            return state.head
        }
        return head.isEmpty ? try await fetch() : head
    }

    /// The content of a gzip file.
    func inflated(place: String, limit: Int) -> Body {
        Body { () async throws(Fault) in try await self.next() }.inflated(place: place, limit: limit)
    }

    private func fetch() async throws(Fault) -> [UInt8]? {
        var chunks = body.makeAsyncIterator()
        guard let chunk = try await chunks.next() else { return nil }
        state.withLock { state in
            state.bytes += chunk.count
            state.checksum?.update(chunk)
        }
        return chunk
    }
}
