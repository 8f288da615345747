import Logging
import Model
import NIOCore
import NIOHTTP1
import Synchronization

/// Stands at a connection, before anything is made of what comes in: keeps its clock, its sizes and its order, and refuses
/// what is not a request with a document of ours.
///
/// It sees the parts of requests as the decoder gives them, and those of answers as the encoder takes them.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let limits: ConnectionLimits
    private let connections: OpenConnections
    private let refusals: Refusals
    private var connection: OpenConnection?
    private var clock = ConnectionClock()
    private var ticking: RepeatedTask?

    /// Requests whose answers have not ended.
    private var unanswered = 0
    private var isRequestOpen = false
    private var bodyBytes = 0
    private var isReadHeld = false
    private var hasReadPart = false
    /// What is told once everything before it is answered; nothing more is taken in then.
    private var refusal: Fault?
    /// Whether the connection ends with the answer that is due.
    private var isLast = false
    /// Whether what comes in is not made a request of any more.
    private var isDeaf = false
    private var isEnding = false

    /// Time for a caller who is still sending to find out that nobody listens any more.
    private static let farewell = TimeAmount.seconds(1)

    init(_ limits: ConnectionLimits, _ connections: OpenConnections, _ refusals: Refusals) {
        self.limits = limits
        self.connections = connections
        self.refusals = refusals
    }

    // MARK: - Beginning and end

    func handlerAdded(context: ChannelHandlerContext) {
        let connection = OpenConnection(context.channel)
        self.connection = connection
        connection.quietSince = .now()
        if connections.add(connection) {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            ticking = context.eventLoop.scheduleRepeatedTask(initialDelay: limits.tick, delay: limits.tick) { _ in
                bound.value.0.look(bound.value.1)
            }
        } else {
            self.connection = nil
            refuse(Refusals.noConnection, context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    private func leave() {
        ticking?.cancel()
        ticking = nil
        if let connection { connections.remove(connection) }
        connection = nil
    }

    private func look(_ context: ChannelHandlerContext) {
        let bytes = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
        let (verdict, quietSince) = clock.look(bytes, limits)
        connection?.quietSince = quietSince
        switch verdict {
        case .good: break
        case .stalled, .idleTooLong: context.close(promise: nil)
        case .headTooSlow: refuse(Refusals.slowHead, context)
        case .bodyTooSlow: if !isReadHeld { overstep(context) }
        }
    }

    // MARK: - Requests

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasReadPart = true
        guard !isDeaf else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let fault = Refusals.fault(of: head, limits) { return refuse(fault, context) }
            unanswered += 1
            isRequestOpen = true
            if !head.isKeepAlive { isLast = true }
            bodyBytes = 0
            enter(.body)
        case .body(let bytes):
            let wasTooLarge = bodyBytes > limits.bodyBytes
            bodyBytes += bytes.readableBytes
            if bodyBytes > limits.bodyBytes { overstep(context) }
            // The first part too many is passed on: whoever collects the body says that it is too large.
            if wasTooLarge || isDeaf { return }
        case .end:
            isRequestOpen = false
            enter(unanswered == 0 ? .idle : .answering)
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Bytes came and no part of a request with them: it is a head that is not whole yet.
        if !hasReadPart, clock.phase == .idle { enter(.head) }
        hasReadPart = false
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        if unanswered >= ConnectionLimits.mostWaiting { isReadHeld = true } else { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError || error is ChannelError { return context.fireErrorCaught(error) }
        refuse(Refusals.fault(of: error), context)
    }

    private func enter(_ phase: ConnectionClock.Phase) {
        clock.enter(phase)
        connection?.quietSince = phase == .idle || phase == .head ? clock.since : nil
    }

    /// A body that is too large or too slow: what is due is answered, and then the connection ends.
    private func overstep(_ context: ChannelHandlerContext) {
        if unanswered == 0 { return end(context) }
        isLast = true
    }

    // MARK: - Answers

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            clock.answerBegins()
            if isLast, unanswered == 1 {
                head.headers.replaceOrAdd(name: "connection", value: "close")
                context.write(wrapOutboundOut(.head(head)), promise: promise)
            } else {
                context.write(data, promise: promise)
            }
        case .body(let body):
            let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
            let (connections, bytes) = (connections, body.readableBytes)
            connections.unsent.add(bytes, ordering: .relaxed)
            sent.futureResult.whenComplete { _ in connections.unsent.subtract(bytes, ordering: .relaxed) }
            context.write(data, promise: sent)
        case .end:
            context.write(data, promise: promise)
            answered(context)
        }
    }

    private func answered(_ context: ChannelHandlerContext) {
        unanswered = max(0, unanswered - 1)
        if unanswered == 0 {
            if refusal != nil { return tell(context) }
            if isLast { return end(context) }
            if isRequestOpen { clock.excuse() } else { enter(.idle) }
        }
        if isReadHeld, unanswered < ConnectionLimits.mostWaiting {
            isReadHeld = false
            if isRequestOpen { clock.excuse() }
            context.read()
        }
    }

    // MARK: - Refusing

    private func refuse(_ fault: Fault, _ context: ChannelHandlerContext) {
        guard !isDeaf else { return }
        isDeaf = true
        // A body that broke off is waited for by whoever answers its request, and tells so.
        guard !isRequestOpen else {
            isLast = true
            context.fireErrorCaught(HTTPParserError.invalidEOFState)
            if unanswered == 0 { end(context) }
            return
        }
        refusal = fault
        if unanswered == 0 { tell(context) }
    }

    private func tell(_ context: ChannelHandlerContext) {
        guard let refusal, !isEnding else { return }
        let (head, body) = refusals.answer(refusal)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        end(context)
    }

    /// Says all that is to be said, and hangs up a moment later: a connection that is closed while its caller is sending is
    /// reset, and the answer lost with it.
    private func end(_ context: ChannelHandlerContext) {
        guard !isEnding else { return }
        isEnding = true
        isDeaf = true
        context.flush()
        context.close(mode: .output, promise: nil)
        context.read()
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
    }
}
