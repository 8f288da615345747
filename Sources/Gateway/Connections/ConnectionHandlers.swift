import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypesHTTP1

/// Sets up what stands at a connection below the framework: the guard, and above it what compresses answers on the wire
/// for callers who accept it.
final class ConnectionHandlers: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never

    private let limits: ConnectionLimits
    private let connections: OpenConnections
    private let refusals: Refusals
    private let compresses: Bool

    init(_ limits: ConnectionLimits, _ connections: OpenConnections, _ refusals: Refusals, compresses: Bool) {
        self.limits = limits
        self.connections = connections
        self.refusals = refusals
        self.compresses = compresses
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        do {
            let codec = try operations.handler(type: HTTP1ToHTTPServerCodec.self)
            if compresses {
                let compressor = HTTPResponseCompressor(responseCompressionPredicate: Compression.decide)
                try operations.addHandler(compressor, position: .before(codec))
            }
            // What it answers itself no request asked for, and the compressor, which looks up what each request accepts,
            // would stop the process over it: the guard stands below.
            let decoder = try operations.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try operations.addHandler(
                ConnectionGuard(limits, connections, refusals), position: .after(decoder.handler))
        } catch {
            context.fireErrorCaught(error)
        }
    }

    /// How the framework sets up a connection with these handlers, which keep its time themselves.
    static func channel(
        headerLimit: Int, _ handlers: @autoclosure @escaping @Sendable () -> ConnectionHandlers
    ) -> HTTP1Channel.Configuration {
        HTTP1Channel.Configuration(
            additionalChannelHandlers: [handlers()], idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: headerLimit, maxHeaderListSize: headerLimit, maxHeaderFieldCount: 100))
    }
}
