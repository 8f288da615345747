import HTTPTypes
import Logging
import Model
import NIOCore
import NIOHTTP1
import NIOHTTPTypesHTTP1

/// What is told of requests that are none: problem documents like all others, counted and logged like all others.
struct Refusals: Sendable {
    let metrics: RequestMetrics?
    let logger: Logger

    func answer(_ fault: Fault) -> (HTTPResponseHead, ByteBuffer) {
        let identity = RequestIdentity(headers: [:])
        let problem = Problem(fault, correlation: identity.id, instance: nil)
        var fields = problem.headers
        fields[.contentLength] = String(problem.body.readableBytes)
        fields[.connection] = "close"
        fields.append(HTTPField(name: .requestID, value: identity.id))
        metrics?.count(nil, status: problem.status.code, seconds: 0)
        logger.debug(
            "request refused",
            metadata: ["status": "\(problem.status.code)", "code": "\(fault.code.rawValue)", "id": "\(identity.id)"])
        return (HTTPResponseHead(HTTPResponse(status: problem.status, headerFields: fields)), problem.body)
    }

    /// What is wrong with a head as such.
    static func fault(of head: HTTPRequestHead, _ limits: ConnectionLimits) -> Fault? {
        if head.uri.utf8.count > limits.urlBytes {
            return Fault(
                .urlTooLong, "the address is longer than \(limits.urlBytes) bytes",
                advice: "Ask with POST …/search, which takes the query as a body.")
        }
        let isOld = head.version.major < 1 || head.version.major == 1 && head.version.minor < 1
        let hosts = head.headers["host"].count
        // RFC 9112, section 3.2.
        if hosts > 1 || hosts == 0 && !isOld {
            return Fault(.badRequest, "the request has \(hosts) Host headers", advice: "Send one.")
        }
        if let length = head.headers.first(name: "content-length").flatMap(Int.init), length > limits.bodyBytes {
            return Fault(
                .requestTooLarge, "the request's body is larger than \(limits.bodyBytes) bytes",
                advice: "Ask for less at once.")
        }
        let coding = head.headers["transfer-encoding"]
        // RFC 9112, section 6.1: two lengths are how a request is hidden inside another.
        if !coding.isEmpty, !head.headers["content-length"].isEmpty || isOld {
            return Fault(
                .badRequest, "the request says in two ways how long it is",
                advice: "Send Content-Length or Transfer-Encoding, not both.")
        }
        if head.method == .CONNECT || head.uri == "*" { return unknownMethod }
        // RFC 9112, section 3.2: a path, or a whole address with one.
        guard head.uri.hasPrefix("/") || head.uri.lowercased().hasPrefix("http://") else {
            return Fault(
                .badRequest, "the request's address does not begin with /", advice: "Ask for a path of this host.")
        }
        return nil
    }

    /// What the decoder could not make a request of. Nothing of it is repeated.
    static func fault(of error: any Error) -> Fault {
        switch error as? HTTPParserError {
        case .headerOverflow:
            Fault(
                .headerTooLarge, "the request's headers are too large or too many",
                advice: "Send fewer and shorter ones; a long query goes into the body of POST …/search.")
        case .invalidMethod:
            unknownMethod
        default:
            Fault(.badRequest, "the request is not HTTP/1.1", advice: "See RFC 9112 for its form.")
        }
    }

    private static let unknownMethod = Fault(
        .methodNotAllowed, "the request's method is not known here", advice: "Use GET, HEAD or POST.",
        context: ["allow": "GET, HEAD, POST"])
    static let slowHead = Fault(
        .requestTimeout, "the request's head did not come in time", advice: "Send the request at once.")
    static let noConnection = Fault(
        .overloaded, "as many connections are being answered as there may be", advice: "Ask again in a moment.",
        retryAfter: 1)
}
