import CZlib
import Foundation
import Model

/// Undoes what a value was wrapped in: base64 (RFC 4648 §4), gzip (RFC 1952).
struct Opening {
    private let steps: [Wrapping.Step]
    private let limits: ParseLimits
    private static let chunkBytes = 64 << 10

    init(_ steps: [Wrapping.Step], limits: ParseLimits) {
        self.steps = steps
        self.limits = limits
    }

    /// Hands over what is inside, in chunks.
    ///
    /// - Throws: `source.malformed` for bytes that are not what they should be, `source.too-large` for what inflates beyond
    ///   the limit, and what `sink` throws.
    func open(
        _ value: ArraySlice<UInt8>, _ sink: (UnsafeRawBufferPointer) throws(Fault) -> Void
    ) throws(Fault) {
        try open(value, steps[...], sink)
    }

    private func open(
        _ value: ArraySlice<UInt8>, _ steps: ArraySlice<Wrapping.Step>,
        _ sink: (UnsafeRawBufferPointer) throws(Fault) -> Void
    ) throws(Fault) {
        switch steps.first {
        case nil:
            try value.withUnsafeBufferPointer { bytes throws(Fault) in try sink(UnsafeRawBufferPointer(bytes)) }
        case .base64: try open(Self.decoded(value), steps.dropFirst(), sink)
        case .gzip where steps.count == 1: try inflate(value, sink)
        case .gzip:
            var whole: [UInt8] = []
            try inflate(value) { bytes throws(Fault) in
                if whole.count + bytes.count > limits.valueBytes { throw tooLarge(limits.valueBytes) }
                whole.append(contentsOf: bytes)
            }
            try open(whole[...], steps.dropFirst(), sink)
        }
    }

    /// Blanks and line ends are left out, as MIME's writers put them in.
    private static func decoded(_ value: ArraySlice<UInt8>) throws(Fault) -> ArraySlice<UInt8> {
        guard let data = Data(base64Encoded: Data(value.filter { !" \t\r\n".utf8.contains($0) })) else {
            throw Fault(
                .sourceMalformed, "a wrapped document is not base64 (RFC 4648 §4)",
                advice: "Compare `unwrap` with what the source sends.")
        }
        return Array(data)[...]
    }

    private func inflate(
        _ value: ArraySlice<UInt8>, _ sink: (UnsafeRawBufferPointer) throws(Fault) -> Void
    ) throws(Fault) {
        var stream = z_stream()
        // 15 bits of window, and 32 for a header of gzip or zlib, whichever comes.
        guard huitong_inflate_start(&stream, 15 + 32) == Z_OK else {
            throw Fault(.unavailable, "zlib cannot be started", advice: "Run huitong doctor.")
        }
        defer { inflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Self.chunkBytes)
        var input = Array(value)
        var consumed = 0
        var status = Z_OK
        while status == Z_OK {
            var written = 0
            (status, consumed, written) = Self.step(&stream, &input, from: consumed, into: &output)
            if Int(stream.total_out) > limits.inflatedBytes { throw tooLarge(limits.inflatedBytes) }
            try output.withUnsafeBufferPointer { bytes throws(Fault) in
                try sink(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<written]))
            }
        }
        guard status == Z_STREAM_END else {
            throw Fault(
                .sourceMalformed, "a wrapped document is not gzip, or ends too early (RFC 1952)",
                advice: "Compare `unwrap` with what the source sends.")
        }
    }

    private static func step(
        _ stream: inout z_stream, _ input: inout [UInt8], from consumed: Int, into output: inout [UInt8]
    ) -> (status: CInt, consumed: Int, written: Int) {
        let total = input.count
        let room = output.count
        return input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress.map { $0 + consumed }
                stream.avail_in = uInt(total - consumed)
                stream.next_out = target.baseAddress
                stream.avail_out = uInt(room)
                let status = CZlib.inflate(&stream, Z_NO_FLUSH)
                return (status, total - Int(stream.avail_in), room - Int(stream.avail_out))
            }
        }
    }

    private func tooLarge(_ limit: Int) -> Fault {
        Fault(
            .sourceTooLarge, "a wrapped document is larger than \(limit) bytes",
            advice: "Ask the department for smaller answers.")
    }
}
