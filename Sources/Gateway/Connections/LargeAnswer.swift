import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix

/// Compresses large answers beside the event loops: a loop that compresses a megabyte answers nobody else meanwhile, and a
/// hundred such answers would keep `/health/live` waiting for seconds.
enum LargeAnswer {
    /// What is smaller is compressed on its way out, in less than a millisecond.
    private static let leastBytes = 32 << 10

    static func compress(_ response: inout Response, for request: Request) {
        guard request.method != .head, response.status == .ok, response.headers[.contentEncoding] == nil,
            response.body.contentLength.map({ $0 >= leastBytes }) ?? true,
            let coding = Deflater.Coding(accepted: request.headers[.acceptEncoding]),
            let deflater = Deflater(coding)
        else { return }
        let body = response.body
        response.body = ResponseBody { writer in
            try await body.write(CompressingWriter(inner: writer, deflater: deflater))
        }
        response.headers[.contentLength] = nil
        response.headers[.contentEncoding] = coding.rawValue
    }
}

/// Writes on what it is given in compressed form.
private struct CompressingWriter: ResponseBodyWriter {
    var inner: any ResponseBodyWriter
    let deflater: Deflater

    mutating func write(_ buffer: ByteBuffer) async throws {
        let bytes = try await compressed(buffer, isLast: false)
        if bytes.readableBytes > 0 { try await inner.write(bytes) }
    }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        let bytes = try await compressed(ByteBuffer(), isLast: true)
        try await inner.write(bytes)
        try await inner.finish(trailingHeaders)
    }

    private func compressed(_ buffer: ByteBuffer, isLast: Bool) async throws -> ByteBuffer {
        let deflater = deflater
        return try await NIOThreadPool.singleton.runIfActive { deflater.append(buffer, isLast: isLast) }
    }
}
