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
    static let base = "http://department.example"

    init(_ transcript: Transcript, of manifest: Manifest, folder: URL) {
        self.transcript = transcript
        self.manifest = manifest
        self.folder = folder
    }

    /// The raw records, a line each, and the outcome.
    func lines() async -> [String] {
        var lines: [String] = []
        var asked = 0
        let starts = Atomic(0)
        do {
            let plan = try plan()
            let reading = SourceReading(
                now: { Date(timeIntervalSince1970: 1_772_323_200) },
                programs: ProgramHost { order, receive throws(Fault) in
                    try await output(order, number: starts.wrappingAdd(1, ordering: .relaxed).newValue, receive)
                })
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
        try transcript.plan(of: manifest, base: Self.base, watermark: transcript.watermark)
    }

    /// The recorded answer, where the request is the recorded one.
    private func answer(_ request: Request, number: Int) throws(Fault) -> Response {
        let line = "\(request.method) \(request.url.dropFirst(Self.base.count))"
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
        let headers = Headers(exchange.answerHeaders.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
        return Response(
            head: ResponseHead(status: exchange.status, headers: headers, url: request.url),
            body: Body(chunks: try bytes(exchange.answerFile)))
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
        for chunk in try bytes(exchange.answerFile) {
            guard try await receive(chunk) else { return ProgramEnd(exit: .stopped) }
        }
        return ProgramEnd(exit: .code(exchange.status), lastLines: log.lastLines)
    }

    /// The file in chunks of an odd size, so that no adapter relies on where a chunk ends.
    private func bytes(_ file: String?) throws(Fault) -> [[UInt8]] {
        guard let file else { return [] }
        guard let data = try? Data(contentsOf: folder.appendingPathComponent(file)) else {
            throw unlike("the answer's file \(file) cannot be read")
        }
        return Array(data).pieces(of: 97)
    }

    private func unlike(_ message: String) -> Fault {
        Fault(.badAdapter, message, advice: "Correct the manifest, or the transcript.")
    }
}

extension Body {
    /// A body that is already here.
    init(chunks: [[UInt8]]) {
        let rest = ChunkQueue(chunks)
        self.init { () async throws(Fault) -> [UInt8]? in await rest.next() }
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
