import Foundation
import Loopback
import Synchronization

/// A department's system that is well, or fails as it is told to.
final class FaultyDepartment: Sendable {
    /// How it gives its records.
    enum Shape: Sendable {
        /// All in one answer, with an `ETag`.
        case whole
        /// On numbered pages of two, with their total.
        case pages
        /// On pages of two, each with the next one's cursor.
        case cursor
        /// The same, where an empty page leads on.
        case cursorThroughEmptyPages
        /// On pages of two, each with the next one's address.
        case next
        /// Those that changed since a time.
        case delta
        /// All in one answer, which says whether it succeeded.
        case said
    }

    /// Answers a request; the number counts from 1 since it fails.
    typealias Answer = @Sendable (LoopbackServer.Call, ServedConnection, Int) -> Void

    struct Row: Sendable {
        var id: String
        var name: String
        var updated: String

        var json: String { #"{"id":"\#(id)","name":"\#(name)","updated":"\#(updated)"}"# }
    }

    private struct State {
        var generation = 1
        var failing: Answer?
        var failures = 0
    }

    private final class Mind: Sendable {
        let state = Mutex(State())
    }

    let shape: Shape
    let server: LoopbackServer
    private let mind: Mind

    init(_ shape: Shape) {
        self.shape = shape
        let mind = Mind()
        self.mind = mind
        server = LoopbackServer { call, connection in
            let (failing, number, generation) = mind.state.withLock { state in
                if state.failing != nil { state.failures += 1 }
                return (state.failing, state.failures, state.generation)
            }
            if let failing { return failing(call, connection, number) }
            Self.answer(call, connection, shape, generation)
        }
    }

    /// Requests that came while it failed.
    var failures: Int { mind.state.withLock { $0.failures } }

    func fails(_ answer: @escaping Answer) {
        mind.state.withLock { $0.failing = answer }
    }

    /// Is well, with the records of that generation.
    func isWell(_ generation: Int) {
        mind.state.withLock { state in
            state.failing = nil
            state.generation = generation
        }
    }

    /// What it has: six records, and in the second generation one of them changed and another is new.
    static func rows(_ generation: Int) -> [Row] {
        let first = (0..<6).map { Row(id: "k\($0)", name: "n\($0)", updated: "2026-03-0\($0 + 1)T08:00:00+08:00") }
        guard generation > 1 else { return first }
        let tomorrow = ChinaDay.tomorrow + "T08:00:00+08:00"
        return [Row(id: "k0", name: "changed", updated: tomorrow)] + first.dropFirst()
            + [Row(id: "k6", name: "n6", updated: tomorrow)]
    }

    /// The same, by id.
    static func names(_ generation: Int) -> [String: String] {
        Dictionary(uniqueKeysWithValues: rows(generation).map { ($0.id, $0.name) })
    }

    static func list(_ rows: some Sequence<Row>) -> String { "[" + rows.map(\.json).joined(separator: ",") + "]" }

    private static func answer(
        _ call: LoopbackServer.Call, _ connection: ServedConnection, _ shape: Shape, _ generation: Int
    ) {
        let rows = rows(generation)
        let query = call.query
        switch shape {
        case .whole:
            let tag = "\"g\(generation)\""
            if call.headers["if-none-match"] == tag {
                return connection.answer("304 Not Modified", headers: ["Connection: close"])
            }
            connection.answer(headers: [json, "Connection: close", "ETag: \(tag)"], text: list(rows))
        case .said:
            connection.answer(headers: [json, "Connection: close"], text: #"{"code":"00","rows":\#(list(rows))}"#)
        case .delta:
            let since = query["updated_since"] ?? ""
            connection.answer(headers: [json, "Connection: close"], text: list(rows.filter { $0.updated >= since }))
        case .pages:
            let page = query["page"].flatMap { Int($0) } ?? 1
            let part = rows.dropFirst((page - 1) * 2).prefix(2)
            connection.answer(
                headers: [json, "Connection: close"], text: #"{"total":\#(rows.count),"rows":\#(list(part))}"#)
        case .cursor, .cursorThroughEmptyPages, .next:
            let start = (query["cursor"] ?? query["at"]).flatMap { Int($0) } ?? 0
            let end = start + 2
            let next = shape == .next ? "/things?at=\(end)" : String(end)
            let more = end < rows.count ? #","next":"\#(next)""# : ""
            connection.answer(
                headers: [json, "Connection: close"],
                text: #"{"rows":\#(list(rows.dropFirst(start).prefix(2)))\#(more)}"#)
        }
    }

    static let json = "Content-Type: application/json"
}

extension FaultyDepartment.Shape {
    /// The adapter's parameters of an entry that reads it.
    var parameters: String {
        switch self {
        case .whole: "{path: /things, conditional: true}"
        case .pages: "{path: /things, paging: page, page_size: 2, records: /rows, total_path: /total}"
        case .cursor: "{path: /things, paging: cursor, cursor_path: /next, page_size: 2, records: /rows}"
        case .cursorThroughEmptyPages:
            "{path: /things, paging: cursor, cursor_path: /next, page_size: 2, records: /rows, empty_page: goes-on}"
        case .next: "{path: /things, paging: next, next_path: /next, records: /rows}"
        case .delta: "{path: /things}"
        case .said: "{path: /things, records: /rows, success_path: /code, message_path: /msg}"
        }
    }
}

extension LoopbackServer.Call {
    /// The query's items, decoded.
    var query: [String: String] {
        let items = URLComponents(string: path)?.queryItems ?? []
        return Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
    }
}

/// Days as a department in China writes them.
enum ChinaDay {
    static var tomorrow: String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSinceNow: 86_400))
        let two = { (number: Int?) in String(format: "%02d", number ?? 0) }
        return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
    }
}
