import Model
import Synchronization

/// The reader's end of a transfer: when it is dropped, the transfer ends.
final class BodyReader: Sendable {
    private let channel: TransferChannel
    private let isPacked: Bool
    private let inflater: Mutex<Inflater>

    /// - Throws: `source.unexpected` for a coding that was not asked for.
    init(_ channel: TransferChannel, coding: String?, place: String, limit: Int) throws(Fault) {
        self.channel = channel
        inflater = Mutex(Inflater(place: place, limit: limit))
        switch coding?.lowercased() {
        // Some name a charset here, which is no coding: the body is as it is.
        case nil, "", "identity", "utf-8", "utf8", "gbk", "gb2312", "gb18030": isPacked = false
        case "gzip", "x-gzip", "deflate": isPacked = true
        case .some(let other):
            channel.abandon()
            throw Fault(
                .sourceUnexpected, "\(place) answers in the content coding '\(other.prefix(40))', which is not read.",
                advice: "Send Accept-Encoding: identity to this system.")
        }
    }

    deinit { channel.abandon() }

    func next() async throws(Fault) -> [UInt8]? {
        guard isPacked else { return try await channel.nextChunk() }
        while true {
            let ready = inflater.withLock { inflater in Result { () throws(Fault) in try inflater.take() } }
            if let chunk = try ready.get() { return chunk }
            guard let packed = try await channel.nextChunk() else {
                try inflater.withLock { inflater in Result { () throws(Fault) in try inflater.finish() } }.get()
                return nil
            }
            inflater.withLock { $0.give(packed) }
        }
    }
}
