import HTTPTypes
import Hummingbird
import Logging
import Model

/// Stands around every answer: gives the request its identity, turns errors into problem documents, counts, and writes
/// the one line of log a request has. Neither sees what was asked beyond the route.
struct Observing: RouterMiddleware {
    let metrics: RequestMetrics
    let hosts: AllowedHosts

    func handle(
        _ request: Request, context: GatewayContext, next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        let identity = RequestIdentity(headers: request.headers)
        let start = ContinuousClock.now
        let route = context.endpointPath.flatMap(Route.init(rawValue:))
        var response: Response
        do {
            try hosts.check(request.head.authority)
            guard route != nil else { throw Observing.nothingHere(request) }
            response = try await next(request, context)
        } catch {
            let fault = Problem.fault(for: error)
            response = Problem.response(fault, correlation: identity.id, instance: request.uri.path)
            if response.status.kind == .serverError { log(fault, error, identity, context.logger) }
        }
        decorate(&response, for: request, identity)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        metrics.count(route, status: response.status.code, seconds: seconds)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route?.template ?? "none")",
                "status": "\(response.status.code)", "ms": "\((seconds * 100_000).rounded() / 100)",
                "id": "\(identity.id)",
            ])
        return response
    }

    private func log(_ fault: Fault, _ error: any Error, _ identity: RequestIdentity, _ logger: Logger) {
        // An unforeseen error is told by its type only: its text might hold a record's content.
        let cause = error is Fault ? fault.description : "\(fault.code.rawValue): \(type(of: error))"
        logger.error("request failed", metadata: ["id": "\(identity.id)", "fault": "\(cause)"])
    }

    private func decorate(_ response: inout Response, for request: Request, _ identity: RequestIdentity) {
        response.headers[.requestID] = identity.id
        if let trace = identity.trace { response.headers[.traceParent] = trace }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.vary] = "Accept, Accept-Encoding"
        if request.method == .head {
            response.headers[.contentEncoding] = Compression.never
            response.body = ResponseBody(contentLength: response.body.contentLength) { try await $0.finish(nil) }
        }
    }

    private static func nothingHere(_ request: Request) -> Fault {
        let allowed = Route.allCases.first { $0.matches(request.uri.path) }?.methods.map(\.rawValue)
        guard let allowed else {
            return Fault(.notFound, "there is nothing at this address", advice: "Start at / and follow the links.")
        }
        let list = allowed.joined(separator: ", ")
        return Fault(
            .methodNotAllowed, "this address does not take \(request.method.rawValue.prefix(16))",
            advice: "Use \(list).", context: ["allow": list])
    }
}

/// The hosts a request may name.
///
/// A page from elsewhere can make a browser ask a name of its own that resolves to this machine; such a request names
/// that host, and is refused.
struct AllowedHosts: Sendable {
    private let others: Set<String>

    init(_ settings: GatewaySettings) {
        let authority = settings.publicBase?.split(separator: "/").dropFirst().first.map(String.init)
        others = Set([authority].compactMap { $0 }.map(LoopbackAddress.host))
    }

    func check(_ authority: String?) throws(Fault) {
        guard let authority, !authority.isEmpty else { return }
        let host = LoopbackAddress.host(of: authority)
        guard !LoopbackAddress.isLoopback(host), !others.contains(host) else { return }
        throw Fault(
            .badRequest, "the request names a host that is not this one",
            advice: "Ask 127.0.0.1 or localhost, or set the public address in the settings.",
            context: ["parameter": "Host"])
    }
}

extension HTTPField.Name {
    static let referrerPolicy = HTTPField.Name("Referrer-Policy") ?? .server
}
