import CZlib
import Model

/// Decompresses a gzip or deflate body on the reader's side, a chunk at a time.
///
/// libcurl could do it, but unpacks all it received at once, even while paused, and takes a stream that ends too early
/// for complete. Here a bomb costs one chunk of memory, and an early end is `source.truncated`.
struct Inflater: ~Copyable {
    private enum Phase {
        case sniffing, inside, between, ended
    }

    private let place: String
    private let limit: Int
    private let isFile: Bool
    // zlib keeps a pointer back to the stream, which therefore must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isStarted = false
    private var phase = Phase.sniffing
    private var input: [UInt8] = []
    private var consumed = 0
    private var produced = 0

    /// - Parameter isFile: whether it is a gzip file, after whose end nothing but zeros may stand; an answer's end is not
    ///   looked behind.
    init(place: String, limit: Int, isFile: Bool = false) {
        self.place = place
        self.limit = limit
        self.isFile = isFile
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
    }

    deinit {
        if isStarted { inflateEnd(stream) }
        stream.deallocate()
    }

    mutating func give(_ bytes: [UInt8]) {
        input = consumed < input.count ? input[consumed...] + bytes : bytes
        consumed = 0
    }

    /// The next decompressed chunk, or nil when more input is needed.
    mutating func take() throws(Fault) -> [UInt8]? {
        while true {
            switch phase {
            case .sniffing:
                guard input.count >= 2 else { return nil }
                try start()
            case .between:
                guard try startNextMember() else { return nil }
            case .ended: return nil
            case .inside:
                guard let chunk = try inflateChunk() else { return nil }
                if !chunk.isEmpty { return chunk }
            }
        }
    }

    /// Says that no more input comes.
    func finish() throws(Fault) {
        // A body of no bytes at all is what some servers send with 204 and empty lists.
        guard phase == .inside || (phase == .sniffing && !input.isEmpty) else { return }
        throw Fault(
            .sourceTruncated,
            isFile ? "\(place) ends within its compressed data" : "The compressed answer of \(place) ends too early.",
            advice: isFile ? Self.again : "Fetch again from the last position.")
    }

    /// "deflate" means the zlib format by the standard and a bare stream by many servers: the first bytes tell.
    private mutating func start() throws(Fault) {
        let isGzip = input[0] == 0x1f && input[1] == 0x8b
        let isZlib = input[0] & 0x0f == 8 && (Int(input[0]) << 8 | Int(input[1])) % 31 == 0
        guard huitong_inflate_start(stream, isGzip ? 31 : isZlib ? 15 : -15) == Z_OK else {
            throw Fault(.unavailable, "There is no memory left to decompress an answer.")
        }
        isStarted = true
        phase = .inside
    }

    /// A gzip body may be several members; zeros that follow the last one are padding.
    private mutating func startNextMember() throws(Fault) -> Bool {
        if isFile { consumed = input[consumed...].firstIndex { $0 != 0 } ?? input.count }
        guard consumed < input.count else { return false }
        guard input[consumed] == 0x1f else {
            if isFile {
                throw Fault(
                    .sourceMalformed, "\(place) goes on after its compressed data with bytes that are none",
                    advice: Self.again)
            }
            phase = .ended
            return false
        }
        inflateReset(stream)
        phase = .inside
        return true
    }

    private mutating func inflateChunk() throws(Fault) -> [UInt8]? {
        guard consumed < input.count || stream.pointee.avail_out == 0 else { return nil }
        let before = consumed
        var status = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: TransferChannel.chunkBytes) { buffer, count in
            (status, count) = inflate(into: buffer)
        }
        produced += output.count
        guard produced <= limit else { throw tooLarge }
        switch status {
        case Z_STREAM_END: phase = .between
        case Z_OK: break
        case Z_BUF_ERROR: if output.isEmpty && consumed == before { return nil }
        default: throw unreadable
        }
        return output
    }

    private mutating func inflate(into buffer: UnsafeMutableBufferPointer<UInt8>) -> (Int32, Int) {
        let count = input.count - consumed
        let status = input.withUnsafeMutableBufferPointer { source in
            stream.pointee.next_in = source.baseAddress.map { $0 + consumed }
            stream.pointee.avail_in = UInt32(count)
            stream.pointee.next_out = buffer.baseAddress
            stream.pointee.avail_out = UInt32(buffer.count)
            return CZlib.inflate(stream, Z_NO_FLUSH)
        }
        consumed += count - Int(stream.pointee.avail_in)
        return (status, buffer.count - Int(stream.pointee.avail_out))
    }

    private var tooLarge: Fault {
        Fault(
            .sourceTooLarge, "The answer of \(place) is larger than \(limit) bytes when decompressed.",
            advice: "Ask for smaller pages.")
    }

    private static let again = "Ask the department to deliver it again; `gzip -t` shows what is broken."

    private var unreadable: Fault {
        if isFile {
            return Fault(
                .sourceMalformed, "\(place) begins as gzip, but cannot be unpacked to its end", advice: Self.again)
        }
        return Fault(
            .sourceMalformed, "\(place) says that its answer is compressed, but it cannot be decompressed.",
            advice: "Ask the department to correct the Content-Encoding header, or send Accept-Encoding: identity.")
    }
}
