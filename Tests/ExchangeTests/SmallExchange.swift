import AdapterEngine
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Model
import SQLiteStore
import Store
import Synchronization
import Transport

@testable import Exchange

/// An exchange in a temporary folder, with one entry that reads a source which a test writes.
final class SmallExchange: Sendable {
    let folder: URL
    let facilities: Facilities
    let source: Source
    let store: SQLiteStore

    /// A department's system on loopback.
    final class Source: Sendable {
        struct Page: Sendable {
            var status = HTTPResponse.Status.ok
            var body: String
            var headers: [String: String] = [:]
            /// The answer begins, and never ends.
            var hangs = false
        }

        struct State: Sendable {
            var answer: @Sendable (_ path: String, _ query: [String: String], _ headers: [String: String]) -> Page = {
                _, _, _ in Page(body: "[]")
            }
            var requests: [String] = []
        }

        let state = Mutex(State())
        let port: Int
        private let server: Task<Void, any Error>

        init() async {
            let (ports, port) = AsyncStream<Int>.makeStream()
            let holder = Holder()
            var logger = Logger(label: "source")
            logger.logLevel = .critical
            let router = Router()
            router.get("**") { request, _ -> Response in try await holder.answer(request) }
            let application = Application(
                router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
                onServerRunning: { port.yield($0.localAddress?.port ?? 0) }, logger: logger)
            server = Task { try await application.run() }
            self.port = await ports.first { _ in true } ?? 0
            holder.source.withLock { $0 = self }
        }

        deinit { server.cancel() }

        /// Says what the source answers from now on.
        func answers(
            _ answer:
                @escaping @Sendable (_ path: String, _ query: [String: String], _ headers: [String: String]) -> Page
        ) {
            state.withLock { $0.answer = answer }
        }

        /// Answers every request with these records.
        func has(_ records: [[String: String]]) {
            let data = (try? JSONSerialization.data(withJSONObject: records, options: .sortedKeys)) ?? Data()
            let body = String(decoding: data, as: UTF8.self)
            answers { _, _, _ in Page(body: body) }
        }

        var requests: [String] { state.withLock { $0.requests } }

        private final class Holder: Sendable {
            let source = Mutex<Source?>(nil)

            func answer(_ request: HummingbirdCore.Request) async throws -> Response {
                guard let source = source.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
                let query = Dictionary(
                    request.uri.queryParameters.map { (String($0.key), String($0.value)) },
                    uniquingKeysWith: { first, _ in first })
                let headers = Dictionary(
                    request.headers.map { ($0.name.canonicalName, $0.value) }, uniquingKeysWith: { first, _ in first })
                let page = source.state.withLock { state in
                    state.requests.append(request.uri.string)
                    return state.answer(request.uri.path, query, headers)
                }
                var fields = HTTPFields()
                fields[.contentType] = "application/json"
                for (name, value) in page.headers {
                    if let name = HTTPField.Name(name) { fields[name] = value }
                }
                guard page.hangs else {
                    return Response(
                        status: page.status, headers: fields, body: .init(byteBuffer: ByteBuffer(string: page.body)))
                }
                return Response(
                    status: page.status, headers: fields,
                    body: .init { writer in
                        try await writer.write(ByteBuffer(string: page.body))
                        try await Task.sleep(for: .seconds(3600))
                        try await writer.finish(nil)
                    })
            }
        }
    }

    init(entry: String = SmallExchange.snapshot) async throws {
        source = await Source()
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-exchange-\(UUID().uuidString)")
        let catalog = folder.appending(path: "Catalog")
        try FileManager.default.createDirectory(
            at: catalog.appending(path: "entries/area"), withIntermediateDirectories: true)
        let departments = """
            departments:
              office:
                title: 办公室
                systems:
                  core: {title: 系统, base: "http://127.0.0.1:\(source.port)"}
            """
        try departments.write(to: catalog.appending(path: "departments.yaml"), atomically: true, encoding: .utf8)
        try entry.write(to: catalog.appending(path: "entries/area/thing.yaml"), atomically: true, encoding: .utf8)
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        store = try SQLiteStore(path: folder.appending(path: "huitong.sqlite").path)
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))
        let catalogue = CurrentCatalogue(catalog: catalog, adapters: repository.appending(path: "Adapters"))
        facilities = Facilities(
            store: store, catalogue: catalogue, secrets: Secrets { _ in nil },
            send: { request throws(Fault) in
                var request = request
                request.retry = .never
                return try await transport.send(request)
            },
            programs: ProgramHost(
                folder: folder.appending(path: "programs"), data: folder.appending(path: "program-data")))
        guard catalogue.diagnostics.isEmpty else { throw Fault(.badCatalogue, "\(catalogue.diagnostics)") }
        _ = try await operations().registerFolder()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func runner() -> Runner { Runner(facilities: facilities, limit: 4) }

    func operations(_ runner: Runner? = nil) -> Operations {
        Operations(facilities: facilities, runner: runner ?? self.runner())
    }

    /// Runs the entry to its end.
    @discardableResult
    func sync(snapshot: Bool? = nil) async throws -> Run {
        try await runner().run(SyncOrder(entry: "thing", trigger: .command, isSnapshot: snapshot)) { _ in }
    }

    /// The same as another process would find it.
    func restarted() throws -> Facilities {
        Facilities(
            store: try SQLiteStore(path: folder.appending(path: "huitong.sqlite").path),
            catalogue: facilities.catalogue, secrets: facilities.secrets, send: facilities.send,
            programs: facilities.programs)
    }

    /// What is served, by id.
    func served(_ field: String = "name") async throws -> [String: String] {
        guard let state = try await store.collection("thing") else { return [:] }
        let plan = try QueryPlan(RecordQuery(limit: 10_000), over: state.collection, disclosure: .owner)
        let page = try await store.page(plan)
        guard let column = page.fields.firstIndex(where: { $0.name == field }) else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: (0..<page.batch.count).map {
                (page.batch.id($0), page.batch.string($0, column) ?? "")
            })
    }

    static func records(_ count: Int, name: String = "n") -> [[String: String]] {
        (0..<count).map { ["id": "k\($0)", "name": "\(name)\($0)"] }
    }

    static let snapshot = entry(with: "{path: /things}")
    static let paged = entry(with: "{path: /things, paging: page, page_size: 10, records: /rows, total_path: /total}")
    static let largePaged = entry(
        with: "{path: /things, paging: page, page_size: 15000, records: /rows, total_path: /total}")
    static let conditional = entry(with: "{path: /things, conditional: true}")
    static let delta = entry(
        with: "{path: /things}",
        delivers: """
            delta
            since: {parameter: updated_since, field: updated}
            removed: {field: gone, values: ["1"]}
            """, fields: "\n  updated: {title: 更新, type: datetime}")

    private static func entry(with: String, delivers: String = "snapshot", fields: String = "") -> String {
        """
        entry: thing
        title: 事物
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        source: {system: core, adapter: http-json, with: \(with)}
        delivers: \(delivers)
        key: [id]
        fields:
          id: {title: 编号, type: text}
          name: {title: 名称, type: text, required: true}\(fields)
        """
    }
}
