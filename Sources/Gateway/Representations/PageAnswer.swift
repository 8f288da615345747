import HTTPTypes
import Hummingbird
import Model
import NIOCore
import Store

/// A page that is answered while it is read: from the columns of the store's rows into the buffer that is sent.
///
/// A page of a usual size becomes one buffer in one reading. What is larger is sent piece by piece out of one snapshot, which
/// is kept meanwhile: memory is bounded by the pieces, not by the page.
struct PageAnswer: Sendable {
    var frame: PageFrame
    var plan: QueryPlan
    /// The links of the page, by where the next one starts.
    var links: @Sendable (PageCursor?) -> [PageLink]
    /// Whether lines tell the next page's cursor in their head instead of a link.
    var tellsCursor = false
    var timeStamp: JSONValue
    var limits: Limits

    struct Limits: Sendable {
        /// For each reading.
        var querySeconds: Double
        /// For the whole answer, however slow its reader is.
        var streamSeconds: Int
        var channel: any Channel
    }

    /// Bytes of a page that is sent as one; more are sent in pieces.
    static let wholeBytes = 1 << 20
    private static let pieceBytes = 256 << 10
    /// Bytes of a page at most that is sent as one because no more snapshots can be kept.
    private static let mostBytes = 16 << 20

    func response(from reader: any CollectionReader) throws(Fault) -> Response {
        var piece = PagePiece(frame)
        var progress = try reader.page(plan) { row in
            piece.append(row)
            return piece.buffer.readableBytes < PageAnswer.wholeBytes
        }
        if case .paused = progress {
            if let kept = reader.keep() { return try streamed(piece, reader, kept) }
            guard plan.limit <= RecordQuery.greatestLimit else { throw PageAnswer.tooMany }
            progress = try reader.rest { row in
                piece.append(row)
                return piece.buffer.readableBytes < PageAnswer.mostBytes
            }
            if case .paused = progress { throw PageAnswer.tooMany }
        }
        guard case .done(let next) = progress else { return Response(status: .internalServerError) }
        close(&piece, next)
        return Response(status: .ok, headers: headers(next), body: ResponseBody(byteBuffer: piece.buffer))
    }

    /// Lines have their links in the head.
    private func headers(_ next: PageCursor?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: frame.representation.mediaType]
        guard !frame.representation.isOneDocument else { return headers }
        if tellsCursor {
            headers[.nextCursor] = next?.text
        } else if case let links = links(next), !links.isEmpty {
            headers[.link] = links.map(\.link.header).joined(separator: ", ")
        }
        return headers
    }

    private func streamed(
        _ first: PagePiece, _ reader: any CollectionReader, _ kept: any KeptReader
    ) throws(Fault) -> Response {
        // What stands in the head is looked up before it is reached.
        let headers = headers(frame.representation.isOneDocument ? nil : try reader.next(after: plan))
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                // Whoever reads so slowly that the time is up is cut off: the snapshot holds the log of writes.
                let channel = limits.channel
                let end = channel.eventLoop.scheduleTask(in: .seconds(Int64(limits.streamSeconds))) {
                    channel.close(promise: nil)
                }
                defer { end.cancel() }
                try await writer.write(first.buffer)
                var count = first.count
                while true {
                    let (piece, isLast) = try await next(after: count, kept)
                    try await writer.write(piece.buffer)
                    if isLast { break }
                    count = piece.count
                }
                try await writer.finish(nil)
            })
    }

    private func next(after count: Int, _ kept: any KeptReader) async throws(Fault) -> (PagePiece, isLast: Bool) {
        try await kept.read(within: limits.querySeconds) { reader throws(Fault) -> (PagePiece, isLast: Bool) in
            var piece = PagePiece(frame, after: count)
            piece.buffer.reserveCapacity(PageAnswer.pieceBytes * 2)
            let progress = try reader.rest { row in
                piece.append(row)
                return piece.buffer.readableBytes < PageAnswer.pieceBytes
            }
            guard case .done(let next) = progress else { return (piece, false) }
            close(&piece, next)
            return (piece, true)
        }
    }

    private func close(_ piece: inout PagePiece, _ next: PageCursor?) {
        guard frame.representation.isOneDocument else { return }
        let members: [(String, JSONValue)] = [
            ("numberReturned", .integer(Int64(piece.count))), ("timeStamp", timeStamp),
        ]
        frame.close(links(next), members, in: &piece.buffer)
    }

    private static let tooMany = Fault(
        .storeBusy, "too many large answers are being read", advice: "Ask for pages, or try again in a moment.")
}
