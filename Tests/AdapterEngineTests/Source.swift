import Model
import Transport

@testable import AdapterEngine

/// A source that answers from a table of addresses, and remembers what it was asked.
final class Source {
    var pages: [String: [Answer]]
    var asked: [String] = []

    struct Answer {
        var status = 200
        var headers: [(name: String, value: String)] = []
        var body: String
        /// Bytes after which the connection breaks.
        var breaksAfter: Int?
    }

    init(_ pages: [String: String]) { self.pages = pages.mapValues { [Answer(body: $0)] } }

    /// The answers to an address in turn, the last one for ever.
    func send(_ request: Request) throws(Fault) -> Response {
        let path = String(request.url.dropFirst("http://core.test/api".count))
        asked.append(path)
        guard var answers = pages[path], let answer = answers.first else {
            throw Fault(.sourceNotFound, "nothing at \(path)")
        }
        if answers.count > 1 {
            answers.removeFirst()
            pages[path] = answers
        }
        let bytes = Array(answer.body.utf8.prefix(answer.breaksAfter ?? .max))
        let chunks = stride(from: 0, to: bytes.count, by: 64).map { Array(bytes[$0..<min($0 + 64, bytes.count)]) }
        let head = ResponseHead(status: answer.status, headers: Headers(answer.headers), url: request.url)
        return Response(
            head: head, body: answer.breaksAfter == nil ? Body(chunks: chunks) : Self.broken(chunks),
            refusal: answer.status < 400 ? nil : Fault(.sourceRefused, "status \(answer.status)"))
    }

    private static func broken(_ chunks: [[UInt8]]) -> Body {
        let rest = Chunks(chunks)
        return Body { () async throws(Fault) -> [UInt8]? in
            if let chunk = await rest.next() { return chunk }
            throw Fault(.sourceTruncated, "the connection was cut")
        }
    }

    private actor Chunks {
        private var chunks: ArraySlice<[UInt8]>
        init(_ chunks: [[UInt8]]) { self.chunks = chunks[...] }
        func next() -> [UInt8]? { chunks.popFirst() }
    }
}
