import Catalog
import Foundation
import Model
import Synchronization
import Transport

/// One transcript played to the reading loop, and what came of it as lines of JSON.
struct Replay {
    private let transcript: Transcript
    private let manifest: Manifest
    private let folder: URL
    /// How the recorded bodies arrive.
    private let delivery: Delivery

    /// How a body arrives: in chunks, whole or not.
    struct Delivery: Sendable {
        /// An odd size, so that no adapter relies on where a chunk ends.
        var chunkBytes = 97
        /// Which answer ends early, counted from 1, and after how many bytes.
        var cut: (answer: Int, bytes: Int)?
        /// Whether the connection says that it broke.
        var isBroken = false
        /// Times that a page which broke off is asked for again.
        var retries = PageReading.standardRetries
    }

    init(_ transcript: Transcript, of manifest: Manifest, folder: URL, delivery: Delivery = Delivery()) {
        self.transcript = transcript
        self.manifest = manifest
        self.folder = folder
        self.delivery = delivery
    }

    /// The raw records, a line each, and the outcome.
    func lines() async -> [String] {
        var lines: [String] = []
        var asked = 0
        let starts = Atomic(0)
        do {
            let plan = try plan()
            var reading = SourceReading(
                now: { Date(timeIntervalSince1970: 1_772_323_200) },
                programs: ProgramHost { order, receive throws(Fault) in
                    try await output(order, number: starts.wrappingAdd(1, ordering: .relaxed).newValue, receive)
                }, pause: { _ throws(Fault) in })
            reading.retries = delivery.retries
            let summary = try await reading.read(
                plan, from: Position(),
                send: { request throws(Fault) in
                    asked += 1
                    return try answer(request, number: asked)
                },
                emit: { batch, _ throws(Fault) in
                    for record in 0..<batch.count {
                        lines.append(JSONLine.record(batch, record, columns: transcript.columns))
                    }
                })
            asked += starts.load(ordering: .relaxed)
            lines.append(JSONLine.outcome(summary, unasked: transcript.exchanges.count - asked))
        } catch {
            lines.append(JSONLine.outcome(error, asked: asked + starts.load(ordering: .relaxed)))
        }
        return lines
    }

    private func plan() throws(Fault) -> SourcePlan {
        try transcript.plan(of: manifest, base: transcript.base, watermark: transcript.watermark)
    }

    /// The recorded answer, where the request is the recorded one.
    private func answer(_ request: Request, number: Int) throws(Fault) -> Response {
        let line = "\(request.method) \(request.url.dropFirst(transcript.base.count))"
        guard number <= transcript.exchanges.count else {
            throw unlike("\(line) is asked, which is not recorded")
        }
        let exchange = transcript.exchanges[number - 1]
        guard line == exchange.request else { throw unlike("\(line) is asked instead of \(exchange.request)") }
        for (name, value) in exchange.headers.sorted(by: { $0.key < $1.key }) {
            let sent = request.headers.first { $0.name.lowercased() == name.lowercased() }?.value
            guard sent == value else { throw unlike("header \(name) is \(sent ?? "not sent") instead of \(value)") }
        }
        if let body = exchange.body, request.body != Array(body.utf8) {
            let sent = request.body.map { String(decoding: $0, as: UTF8.self) }
            throw unlike("body \(sent ?? "none") is sent instead of \(body)")
        }
        var refusal: Fault?
        if exchange.status >= 400 {
            refusal = Fault(.sourceFailed, "\(line) was answered with status \(exchange.status)")
            if let refusal, !request.readableStatuses.contains(exchange.status) { throw refusal }
        }
        let headers = Headers(exchange.answerHeaders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return Response(
            head: ResponseHead(status: exchange.status, headers: headers, url: request.url),
            body: try body(exchange.answerFile, number: number), refusal: refusal)
    }

    /// The recorded output, where the program is started as it was.
    private func output(
        _ order: ProgramOrder, number: Int, _ receive: ProgramHost.Receiver
    ) async throws(Fault) -> ProgramEnd {
        guard number <= transcript.exchanges.count else {
            throw unlike("\(order.line) is started, which is not recorded")
        }
        let exchange = transcript.exchanges[number - 1]
        guard order.line == exchange.request else {
            throw unlike("\(order.line) is started instead of \(exchange.request)")
        }
        for (name, content) in exchange.files.sorted(by: { $0.key < $1.key }) where order.files[name] != content {
            throw unlike("\(name) is \(order.files[name] ?? "not given") instead of \(content)")
        }
        var log = ProgramLog(nil, secrets: order.secrets)
        log.append((exchange.log ?? "").utf8)
        log.finish()
        var chunks = try body(exchange.answerFile, number: number).makeAsyncIterator()
        while let chunk = try await chunks.next() {
            guard try await receive(chunk) else { return ProgramEnd(exit: .stopped) }
        }
        return ProgramEnd(exit: .code(exchange.status), lastLines: log.lastLines)
    }

    /// The file's bytes as they arrive.
    private func body(_ file: String?, number: Int) throws(Fault) -> Body {
        guard let file else { return Body(chunks: []) }
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)) else {
            throw unlike("the answer's file \(file) cannot be read")
        }
        let isCut = delivery.cut?.answer == number
        let bytes = Array(isCut ? data.prefix(delivery.cut?.bytes ?? 0) : data)
        return Body(
            chunks: bytes.pieces(of: delivery.chunkBytes),
            end: isCut && delivery.isBroken ? Fault(.sourceTruncated, "the connection was cut") : nil)
    }

    private func unlike(_ message: String) -> Fault {
        Fault(.badAdapter, message, advice: "Correct the manifest, or the transcript.")
    }
}

extension Body {
    /// A body that is already here.
    ///
    /// - Parameter end: what is thrown after the last chunk.
    init(chunks: [[UInt8]], end: Fault? = nil) {
        let rest = ChunkQueue(chunks)
        self.init { () async throws(Fault) -> [UInt8]? in
            let chunk = await rest.next()
            if chunk == nil, let end { throw end }
            return chunk
        }
    }
}

/// Chunks in their order; a body's `pull` may be called from any task.
private actor ChunkQueue {
    private var chunks: ArraySlice<[UInt8]>

    init(_ chunks: [[UInt8]]) { self.chunks = chunks[...] }

    func next() -> [UInt8]? { chunks.popFirst() }
}

extension [UInt8] {
    /// The bytes in chunks of that many.
    func pieces(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
