import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A department's system on a free port of this machine, which answers what a closure says.
final class LoopbackSource: Sendable {
    /// An answer: status, media type and body.
    struct Answer: Sendable {
        var status: HTTPResponse.Status = .ok
        var type = "application/json"
        var body: [UInt8]
        /// Headers beside the media type.
        var headers: HTTPFields = [:]

        init(_ body: [UInt8], type: String = "application/json", status: HTTPResponse.Status = .ok) {
            self.body = body
            self.type = type
            self.status = status
        }

        init(_ text: String, type: String = "application/json", status: HTTPResponse.Status = .ok) {
            self.init(Array(text.utf8), type: type, status: status)
        }
    }

    /// A request as it came.
    struct Asked: Sendable {
        var method: String
        var path: String
        var query: [Substring: Substring]
        var headers: HTTPFields
        var body: String
    }

    private let requests = Mutex<[String]>([])
    private let posted = Mutex<[String]>([])

    /// How many requests were answered.
    var count: Int { asked.count }

    /// Path and query of every request in its order, without percent-encoding.
    var asked: [String] { requests.withLock { $0 } }

    /// The bodies that were posted, in order.
    var bodies: [String] { posted.withLock { $0 } }

    /// Serves while the body runs.
    ///
    /// - Parameter answer: gets the path and the query's items.
    static func serving<Result: Sendable>(
        _ answer: @escaping @Sendable (String, [Substring: Substring]) async throws -> Answer,
        _ body: @escaping @Sendable (String, LoopbackSource) async throws -> Result
    ) async throws -> Result {
        try await serving(requests: { try await answer($0.path, $0.query) }, body)
    }

    /// Serves while the body runs, and gives whole requests to the closure.
    static func serving<Result: Sendable>(
        requests answer: @escaping @Sendable (Asked) async throws -> Answer,
        _ body: @escaping @Sendable (String, LoopbackSource) async throws -> Result
    ) async throws -> Result {
        let source = LoopbackSource()
        let responder = CallbackResponder { (request: Request, _: BasicRequestContext) in
            source.requests.withLock { $0.append(request.uri.string.removingPercentEncoding ?? request.uri.string) }
            let items = request.uri.queryParameters.map { ($0.key, $0.value) }
            let asked = Asked(
                method: request.method.rawValue, path: request.uri.path,
                query: Dictionary(items, uniquingKeysWith: { first, _ in first }), headers: request.headers,
                body: String(buffer: try await request.body.collect(upTo: 1 << 20)))
            if request.method == .post { source.posted.withLock { $0.append(asked.body) } }
            let found = try await answer(asked)
            var headers = found.headers
            headers[.contentType] = found.type
            return Response(
                status: found.status, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: found.body)))
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "source")
        logger.logLevel = .critical
        let application = Application(
            responder: responder, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                try await application.runService(gracefulShutdownSignals: [])
                return nil
            }
            group.addTask {
                for await number in ports { return try await body("http://127.0.0.1:\(number)", source) }
                return nil
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let finished { return finished }
            }
            throw CancellationError()
        }
    }
}
