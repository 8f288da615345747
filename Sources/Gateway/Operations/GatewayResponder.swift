import HTTPTypes
import Hummingbird
import Logging
import Model
import NIOCore

/// Stands around every answer: finds its route, gives the request its identity, turns errors into problem documents,
/// counts, and writes the one line of log a request has. Neither count nor line sees what was asked beyond the route.
struct GatewayResponder: HTTPResponder {
    let answering: Answering
    let metrics: RequestMetrics
    let admission: Admission
    let hosts: AllowedHosts
    let logger: Logger

    func respond(to request: Request, context: GatewayContext) async -> Response {
        await answer(request, over: context.channel)
    }

    func answer(_ request: Request, over channel: any Channel) async -> Response {
        let identity = RequestIdentity(headers: request.headers)
        let start = ContinuousClock.now
        let found = Route.find(request.uri.path)
        let isTaken = found.map { $0.route.methods.contains(request.method) } ?? false
        var response: Response
        do throws(Fault) {
            try hosts.check(request.head.authority)
            guard let found, isTaken else { throw GatewayResponder.nothing(for: request, at: found?.route) }
            let isCounted = try admission.enter(found.route)
            defer { if isCounted { admission.leave() } }
            response = try await answering.answer(found.route, found.captured, request, over: channel)
        } catch {
            response = Problem(error, correlation: identity.id, instance: instance(found, request)).response
            // A flood is not to fill the log as well: what is refused for its number is counted.
            if response.status.kind == .serverError, error.code != .overloaded {
                logger.error(
                    "\(error.message)",
                    metadata: [
                        "code": "\(error.code.rawValue)", "route": "\(found?.route.template ?? "none")",
                        "request": "\(identity.id)",
                    ])
            }
        }
        LargeAnswer.compress(&response, for: request)
        decorate(&response, for: request, identity)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let route = isTaken ? found?.route : nil
        metrics.count(route, status: response.status.code, seconds: seconds)
        logger.debug(
            "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(route?.template ?? "none")",
                "status": "\(response.status.code)", "ms": "\((seconds * 100_000).rounded() / 100)",
                "request": "\(identity.id)",
            ])
        return response
    }

    /// What stands in the head of every answer.
    private static let always = [
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: .contentSecurityPolicy, value: "default-src 'none'; frame-ancestors 'none'"),
        HTTPField(name: .referrerPolicy, value: "no-referrer"),
        HTTPField(name: .vary, value: "Accept, Accept-Encoding"),
    ]

    private func decorate(_ response: inout Response, for request: Request, _ identity: RequestIdentity) {
        response.headers.append(HTTPField(name: .requestID, value: identity.id))
        if let trace = identity.trace { response.headers.append(HTTPField(name: .traceParent, value: trace)) }
        for field in GatewayResponder.always { response.headers.append(field) }
        if request.method == .head {
            response.headers[.contentEncoding] = Compression.never
            response.body = ResponseBody(contentLength: response.body.contentLength) { try await $0.finish(nil) }
        }
    }

    /// The address that was asked, with the names in place of ids and numbers: what stands there may be a person's.
    private func instance(_ found: (route: Route, captured: Route.Captured)?, _ request: Request) -> String? {
        guard let found else { return nil }
        let names = ["id", "number"]
        guard found.captured.contains(where: { names.contains($0.name) }) else { return request.uri.path }
        return found.captured.reduce(found.route.template) { path, part in
            names.contains(part.name) ? path : path.replacing("{\(part.name)}", with: part.text)
        }
    }

    private static func nothing(for request: Request, at route: Route?) -> Fault {
        guard let route else {
            return Fault(.notFound, "there is nothing at this address", advice: "Start at / and follow the links.")
        }
        let list = route.methods.map(\.rawValue).joined(separator: ", ")
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
