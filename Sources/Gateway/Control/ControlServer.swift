import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import Model
import NIOCore
import ServiceLifecycle

/// The daemon's ear for commands: HTTP over a Unix domain socket that only the daemon's user can open.
public struct ControlServer: Service {
    let application: Application<RouterResponder<GatewayContext>>
    private let path: String

    /// The longest path a socket's address can hold (`sun_path`), less its final zero.
    private static let longestPath = 103
    /// Commands at once: each is a process of the daemon's user.
    private static let mostConnections = 128

    /// - Throws: `settings.invalid` where the path is too long for a socket.
    public init(actions: ControlActions, socketPath: String, logger: Logger) throws(Fault) {
        guard socketPath.utf8.count <= ControlServer.longestPath else {
            throw Fault(
                .badSettings, "the socket's path is \(socketPath.utf8.count) bytes long; a socket takes 103",
                advice: "Choose a data directory with a shorter path.", context: ["file": socketPath])
        }
        path = socketPath
        let router = Router(context: GatewayContext.self)
        router.add(middleware: ControlProblems())
        let desk = ControlDesk(actions: actions)
        for verb in ControlVerb.allCases {
            router.on(RouterPath(verb.path), method: .post) { request, _ in
                try await desk.answer(verb, try await request.body.collect(upTo: ConnectionLimits.control.bodyBytes))
            }
        }
        let connections = OpenConnections(most: ControlServer.mostConnections, logger: logger)
        let refusals = Refusals(metrics: nil, logger: logger)
        application = Application(
            router: router,
            server: HTTPServerBuilder {
                HTTP1Channel(
                    responder: $0,
                    configuration: ConnectionHandlers.channel(
                        headerLimit: 8 << 10, ConnectionHandlers(.control, connections, refusals, compresses: false)))
            },
            configuration: ApplicationConfiguration(address: .unixDomainSocket(path: socketPath), serverName: nil),
            onServerRunning: { channel in
                await Acceptance.goOn(channel, logger: logger)
                // Nothing is answered before this returns. Until then the socket has the mode that the umask left it,
                // which lets others in only where it was set to let them write everything.
                chmod(socketPath, 0o600)
            },
            logger: logger)
    }

    /// Serves until told to stop, and removes the socket.
    ///
    /// - Throws: `settings.address-in-use` or `settings.invalid` as a ``Fault`` where the socket cannot be bound.
    public func run() async throws {
        defer { unlink(path) }
        do {
            try await application.run()
        } catch let error as IOError {
            throw BindFault.fault(for: error, at: path)
        }
    }
}

/// Faults of a command as problem documents.
private struct ControlProblems: RouterMiddleware {
    func handle(
        _ request: Request, context: GatewayContext, next: (Request, GatewayContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let identity = RequestIdentity(headers: request.headers)
            return Problem(Problem.fault(for: error), correlation: identity.id, instance: request.uri.path).response
        }
    }
}
