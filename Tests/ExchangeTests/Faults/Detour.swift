import Foundation
import Loopback
import Synchronization
import Transport

/// Where a request leads instead of to the department, for failures that are not the department's to script.
enum Detour: Sendable {
    case none
    /// An address in place of the department's, up to its path.
    case address(String)
    /// The department's own port, asked over TLS.
    case secure
    /// A port that nobody listens on.
    case closedPort
    /// A port whose queue of connections is full: what comes next is neither taken nor refused.
    case fullQueue
    /// A server with a certificate, asked by this name.
    case certificate(TLSServer.Flaw, host: String, isTrusted: Bool)
    /// A server that wants to see a certificate of ours.
    case wantsCertificate

    /// Whether the request leads away from the department.
    var leadsAway: Bool { if case .none = self { false } else { true } }

    var needsCertificates: Bool {
        switch self {
        case .certificate, .wantsCertificate: true
        case .none, .address, .secure, .closedPort, .fullQueue: false
        }
    }
}

/// A detour that is open: what has to stand while requests take it.
final class OpenDetour: Sendable {
    private let base: String?
    private let authority: String?
    private let descriptors: [Int32]
    private let server: Mutex<TLSServer?>

    init(_ detour: Detour, department port: Int) throws {
        var descriptors: [Int32] = []
        var server: TLSServer?
        var authority: String?
        switch detour {
        case .none: base = nil
        case .address(let address): base = address
        case .secure: base = "https://127.0.0.1:\(port)"
        case .closedPort:
            let (descriptor, port) = LoopbackServer.closedPort()
            descriptors = [descriptor]
            base = "http://127.0.0.1:\(port)"
        case .fullQueue:
            let (queue, port) = LoopbackServer.fullQueue()
            descriptors = queue
            base = "http://127.0.0.1:\(port)"
        case .certificate(let flaw, let host, let isTrusted):
            let made = try TLSServer(flaw)
            if isTrusted { authority = made.file("ca.pem") }
            base = "https://\(host):\(made.port)"
            server = made
        case .wantsCertificate:
            let made = try TLSServer(wantsCertificate: true)
            authority = made.file("ca.pem")
            base = "https://localhost:\(made.port)"
            server = made
        }
        self.descriptors = descriptors
        self.authority = authority
        self.server = Mutex(server)
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// The request as it goes there.
    func lead(_ request: inout Request, from department: String) {
        guard let base, request.url.hasPrefix(department) else { return }
        request.url = base + request.url.dropFirst(department.count)
        if let authority { request.tls = TLSIdentity(authority: authority) }
    }
}
