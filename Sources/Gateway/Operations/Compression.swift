import Hummingbird
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypesHTTP1

/// Compresses answers for callers who accept it, on the wire: a handler that sets itself up below the codec.
final class Compression: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = Never

    /// The content coding that marks an answer as not to be compressed; it is taken off before sending.
    static let never = "identity"
    /// Answers of fewer bytes gain nothing.
    private static let leastBytes = 1024

    func handlerAdded(context: ChannelHandlerContext) {
        let operations = context.pipeline.syncOperations
        do {
            let codec = try operations.handler(type: HTTP1ToHTTPServerCodec.self)
            let compressor = HTTPResponseCompressor(responseCompressionPredicate: Compression.decide)
            try operations.addHandler(compressor, position: .before(codec))
            try operations.addHandler(UnaskedAnswers(), position: .before(codec))
        } catch {
            context.fireErrorCaught(error)
        }
    }

    private static func decide(
        _ head: inout HTTPResponseHead, _ isAsked: Bool
    ) -> HTTPResponseCompressor.CompressionIntent {
        if head.headers.first(name: "content-encoding") == never {
            head.headers.remove(name: "content-encoding")
            return .doNotCompress
        }
        if head.status == .notModified { return .doNotCompress }
        guard let length = head.headers.first(name: "content-length").flatMap(Int.init) else {
            return .compressIfPossible
        }
        return length < leastBytes ? .doNotCompress : .compressIfPossible
    }
}

/// Leads answers that no request asked for around the compressor.
///
/// A line that is not HTTP is answered without a request having been seen, and the compressor, which looks up what each
/// request accepts, would stop the process over it.
private final class UnaskedAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private var asked = 0
    private var isLeadingAround = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { asked += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head:
            isLeadingAround = asked == 0
            asked = max(0, asked - 1)
        case .body, .end: break
        }
        guard isLeadingAround,
            let compressor = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseCompressor.self)
        else {
            context.write(data, promise: promise)
            return
        }
        compressor.write(data, promise: promise)
    }
}
