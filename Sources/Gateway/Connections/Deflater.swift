import CZlib
import NIOCore

/// Compresses one answer, piece by piece, on whatever thread it is called.
///
/// `@unchecked Sendable`: an answer's pieces are written one after the other, and each is compressed before the next is made.
final class Deflater: @unchecked Sendable {
    enum Coding: String, Sendable {
        case gzip, deflate

        /// The first of ours that a caller takes (RFC 9110, section 12.5.3); nil where it takes none.
        init?(accepted header: String?) {
            let taken = (header ?? "").lowercased().split(separator: ",").compactMap { part -> String? in
                let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
                let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
                return weight > 0 ? pieces.first : nil
            }
            guard let coding = [Coding.gzip, .deflate].first(where: { taken.contains($0.rawValue) }) else { return nil }
            self = coding
        }

        /// zlib's 15 bits of window, and 16 for the header of gzip.
        fileprivate var windowBits: Int32 { self == .gzip ? 31 : 15 }
    }

    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    private static let level: Int32 = 4
    private static let outputBytes = 64 << 10

    init?(_ coding: Coding) {
        stream.initialize(to: z_stream())
        let status = deflateInit2_(
            stream, Self.level, Z_DEFLATED, coding.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard status == Z_OK else { return nil }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// - Parameter isLast: whether the answer ends with these bytes.
    func append(_ bytes: ByteBuffer, isLast: Bool) -> ByteBuffer {
        var output = ByteBuffer()
        bytes.withUnsafeReadableBytes { input in
            stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?
                .assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(input.count)
            repeat {
                output.writeWithUnsafeMutableBytes(minimumWritableBytes: Self.outputBytes) { space in
                    stream.pointee.next_out = space.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    stream.pointee.avail_out = UInt32(space.count)
                    deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                    return space.count - Int(stream.pointee.avail_out)
                }
            } while stream.pointee.avail_out == 0
        }
        return output
    }
}
