import Foundation
import HTTPTypes
import Hummingbird
import Model
import Store

/// Answers requests out of what the services know: one method a route, in the files beside this one.
struct Answering: Sendable {
    let services: GatewayServices
    let settings: GatewaySettings
    let metrics: RequestMetrics
    /// Callers are not told apart yet.
    let disclosure = Disclosure.everybody

    var store: any ExchangeStore { services.store }

    func answer(_ route: Route, _ request: Request, _ context: GatewayContext) async throws(Fault) -> Response {
        let parameters = try QueryString(request.uri.query)
        if route != .items { try parameters.allowOnly(route.parameters) }
        let call = Call(
            parameters: parameters, path: request.uri.path, base: base(of: request), headers: request.headers,
            captured: context.parameters)
        switch route {
        case .landing: return landing(call)
        case .collections: return try await collections(call)
        case .collection: return try await collection(call)
        case .schema: return try await schema(call)
        case .items: return try await items(call)
        case .item: return try await item(call)
        case .history: return try await history(call)
        case .provenance: return try await provenance(call)
        case .search: return try await search(call, request)
        case .changes: return try await changes(call)
        case .catalog: return try await catalog(call)
        case .catalogEntry: return try await catalogEntry(call)
        case .runs: return try await runs(call)
        case .run: return try await run(call)
        case .status: return try await status()
        case .live: return live()
        case .ready: return try await ready()
        case .metrics: return try await prometheus()
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
    var captured: Parameters

    /// A part of the path; a broken escape names nothing.
    func captured(_ name: String) throws(Fault) -> String {
        guard let text = captured.get(name), let decoded = PercentEncoding.decode(text.utf8) else {
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
