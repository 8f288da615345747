import Foundation
import HTTPTypes
import Hummingbird
import Model
import NIOCore
import Store

/// Answers requests out of what the services know: one method a route, in the files beside this one.
struct Answering: Sendable {
    let services: GatewayServices
    let settings: GatewaySettings
    let metrics: RequestMetrics
    let shelf = FormShelf()
    /// Callers are not told apart yet.
    let disclosure = Disclosure.everybody

    var store: any ExchangeStore { services.store }

    func answer(
        _ route: Route, _ captured: Route.Captured, _ request: Request, over channel: any Channel
    ) async throws(Fault) -> Response {
        let parameters = try QueryString(request.uri.query)
        if route != .items { try parameters.allowOnly(route.parameters) }
        let call = Call(
            parameters: parameters, path: request.uri.path, base: base(of: request), headers: request.headers,
            captured: captured, channel: channel)
        switch route {
        // What is read by a key is read here, on the connection's event loop; pages have threads of the store's own.
        case .item: return try item(call)
        case .items: return try await items(call)
        case .search: return try await search(call, request)
        case .live: return live()
        case .landing: return landing(call)
        default:
            // The rest may hold its thread up, and must not hold up a loop.
            return try await withTaskExecutorPreference(globalConcurrentExecutor) {
                () async throws(Fault) -> Response in
                try await Deadline.within(seconds: settings.querySeconds) { () async throws(Fault) -> Response in
                    try await answerSeldom(route, call)
                }
            }
        }
    }

    private func answerSeldom(_ route: Route, _ call: Call) async throws(Fault) -> Response {
        switch route {
        case .collections: try await collections(call)
        case .collection: try await collection(call)
        case .schema: try await schema(call)
        case .history: try await history(call)
        case .provenance: try await provenance(call)
        case .changes: try await changes(call)
        case .catalog: try await catalog(call)
        case .catalogEntry: try await catalogEntry(call)
        case .runs: try await runs(call)
        case .run: try await run(call)
        case .status: try await status()
        case .ready: try await ready()
        case .metrics: try await prometheus()
        case .item, .items, .search, .live, .landing: throw Fault(.notFound, "there is nothing at this address")
        }
    }

    private func base(of request: Request) -> String {
        if let base = settings.publicBase { return base }
        guard let authority = request.head.authority, !authority.isEmpty else {
            return "http://\(settings.host):\(settings.port)"
        }
        return "http://\(authority)"
    }

    func state(of call: Call) async throws(Fault) -> CollectionState {
        let name = try call.captured("collection")
        guard let state = try await store.collection(name) else {
            throw Fault(.notFound, "there is no such collection", advice: "GET /collections lists them.")
        }
        return state
    }

    var timeStamp: JSONValue { .string(ChinaTime.text(services.now().timeIntervalSince1970)) }
}

/// One request, read as far as every route needs it.
struct Call: Sendable {
    var parameters: QueryString
    var path: String
    /// What links begin with.
    var base: String
    var headers: HTTPFields
    var captured: Route.Captured
    /// The connection that it came over.
    var channel: any Channel

    /// A part of the path; a broken escape names nothing.
    func captured(_ name: String) throws(Fault) -> String {
        guard let text = captured.first(where: { $0.name == name })?.text,
            let decoded = PercentEncoding.decode(text.utf8)
        else {
            throw Fault(.notFound, "there is nothing at this address", advice: "Start at / and follow the links.")
        }
        return decoded
    }

    /// This address with other parameters.
    func address(_ parameters: QueryString? = nil) -> String {
        let text = (parameters ?? self.parameters).text
        return base + path + (text.isEmpty ? "" : "?" + text)
    }

    var ifNoneMatch: String? { headers[.ifNoneMatch] }
}
