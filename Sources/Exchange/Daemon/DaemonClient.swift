import Foundation
import Model
import Transport

/// Passes what people say to the daemon that holds the data directory, over its socket.
public struct DaemonClient: ExchangeControl {
    private let socket: String
    private let transport: Transport

    public init(socket: String, transport: Transport = Transport(policy: OutboundPolicy())) {
        self.socket = socket
        self.transport = transport
    }

    /// Whether a daemon answers there.
    public func isAnswering() async -> Bool { await statusAtOnce() != nil }

    /// How the exchange is doing, if the daemon says so within five seconds: one that was stopped takes connections and says
    /// nothing.
    public func statusAtOnce() async -> ExchangeStatus? {
        guard let answer = try? await send(.status, ControlNothing(), within: 5),
            let bytes = try? await answer.body.bytes()
        else { return nil }
        return try? decode(bytes)
    }

    public func sync(
        _ order: ControlSync, report: @escaping @Sendable (RunProgress) -> Void
    ) async throws(Fault) -> [Run] {
        var ended: [String: Run] = [:]
        var lines = LineSplitter()
        let response = try await send(.sync, order)
        var chunks = response.body.makeAsyncIterator()
        while true {
            let chunk = try await chunks.next()
            for line in chunk.map({ lines.split($0) }) ?? lines.rest() {
                let progress: RunProgress = try decode(line)
                report(progress)
                if let run = progress.outcome { ended[progress.entry] = run }
            }
            if chunk == nil { break }
        }
        let order = order.entries.isEmpty ? ended.keys.sorted() : order.entries
        return order.compactMap { ended[$0] }
    }

    public func publish(_ decision: ControlDecision) async throws(Fault) -> Run { try await ask(.publish, decision) }
    public func discard(_ decision: ControlDecision) async throws(Fault) -> Run { try await ask(.discard, decision) }
    public func cancel(_ decision: ControlDecision) async throws(Fault) -> Run { try await ask(.cancel, decision) }
    public func replay(_ records: ControlQuarantine) async throws(Fault) -> ControlDone {
        try await ask(.replay, records)
    }
    public func dismiss(_ records: ControlQuarantine) async throws(Fault) -> ControlDone {
        try await ask(.dismiss, records)
    }
    public func register(_ registration: ControlRegistration) async throws(Fault) -> ControlRegistered {
        try await ask(.register, registration)
    }
    public func pause(_ pause: ControlPause) async throws(Fault) -> ControlDone { try await ask(.pause, pause) }
    public func resume(_ pause: ControlPause) async throws(Fault) -> ControlDone { try await ask(.resume, pause) }
    public func reload() async throws(Fault) -> ExchangeStatus.CatalogueHealth {
        try await ask(.reload, ControlNothing())
    }
    public func status() async throws(Fault) -> ExchangeStatus { try await ask(.status, ControlNothing()) }

    private func ask<Answer: Decodable>(_ verb: ControlVerb, _ body: some Encodable) async throws(Fault) -> Answer {
        try decode(try await send(verb, body).body.bytes())
    }

    /// - Parameter seconds: how long all of the answer may take. A run may be silent for hours while its source thinks.
    private func send(
        _ verb: ControlVerb, _ body: some Encodable, within seconds: Double = 7 * 86_400
    ) async throws(Fault) -> Response {
        let bytes = try await faults { Array(try JSONEncoder().encode(body)) }
        return try await transport.send(
            Request(
                method: "POST", url: "http://huitong\(verb.path)", headers: [("content-type", "application/json")],
                body: bytes,
                limits: TransferLimits(connectSeconds: 5, lowSpeedSeconds: 86_400, totalSeconds: seconds),
                unixSocket: socket, retry: .never))
    }

    /// Reads an answer, or throws the fault that came in its place.
    private func decode<Answer: Decodable>(_ bytes: [UInt8]) throws(Fault) -> Answer {
        let decoder = JSONDecoder()
        if let answer = try? decoder.decode(Answer.self, from: Data(bytes)) { return answer }
        if let document = try? decoder.decode(FaultDocument.self, from: Data(bytes)) { throw document.fault }
        throw Fault(
            .unavailable, "the daemon gave an answer that this command does not understand",
            advice: "Use the huitong that the daemon was started with.")
    }
}

/// Cuts chunks of bytes into lines.
struct LineSplitter {
    private var pending: [UInt8] = []

    /// The lines that are complete now.
    mutating func split(_ chunk: [UInt8]) -> [[UInt8]] {
        pending += chunk
        var lines = pending.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        pending = lines.popLast().map { Array($0) } ?? []
        return lines.filter { !$0.isEmpty }.map { Array($0) }
    }

    /// What stands after the last line break.
    mutating func rest() -> [[UInt8]] {
        defer { pending = [] }
        return pending.isEmpty ? [] : [pending]
    }
}
