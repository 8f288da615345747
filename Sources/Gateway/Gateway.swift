import Hummingbird
import HummingbirdCore
import Logging
import Model
import NIOCore
import ServiceLifecycle

/// The exchange over HTTP: collections, records, catalogue, runs and health, for reading.
///
/// A service: it runs until it is told to stop, answers what was asked by then, and returns.
public struct Gateway: Service {
    let application: GatewayApplication
    private let settings: GatewaySettings

    /// Prepares the gateway; nothing is bound yet.
    ///
    /// - Parameters:
    ///   - logger: at `debug` it gets a line a request; what the server beneath says comes from `warning` on.
    ///   - onRunning: called with the bound port once requests are answered.
    /// - Throws: `settings.unsafe-address` unless the host is a loopback one.
    public init(
        services: GatewayServices, settings: GatewaySettings, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(Fault) {
        try LoopbackAddress.require(settings.host)
        self.settings = settings
        let metrics = RequestMetrics()
        var server = logger
        server.logLevel = max(logger.logLevel, .warning)
        let connections = OpenConnections(most: settings.connections, logger: server)
        application = GatewayApplication(
            responder: GatewayResponder(
                answering: Answering(services: services, settings: settings, metrics: metrics), metrics: metrics,
                admission: Admission(most: settings.requests, connections: connections),
                hosts: AllowedHosts(settings), logger: logger),
            server: Gateway.server(settings, connections, Refusals(metrics: metrics, logger: logger)),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil),
            connections: .maximum(settings.connections + Gateway.doorway, logger: server), logger: server,
            running: { channel in await onRunning(channel.localAddress?.port ?? settings.port) })
    }

    /// Serves until told to stop.
    ///
    /// - Throws: `settings.address-in-use` or `settings.invalid` as a ``Fault`` where the address cannot be bound.
    public func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            throw BindFault.fault(for: error, at: "\(settings.host):\(settings.port)")
        }
    }

    /// Connections beyond the most that are taken only to be refused, or to displace another.
    private static let doorway = 64

    private static func server(
        _ settings: GatewaySettings, _ connections: OpenConnections, _ refusals: Refusals
    ) -> HTTPServerBuilder {
        let configuration = ConnectionHandlers.channel(
            headerLimit: settings.headerLimit,
            ConnectionHandlers(ConnectionLimits(settings), connections, refusals, compresses: true))
        return HTTPServerBuilder { LoopChannel(HTTP1Channel(responder: $0, configuration: configuration)) }
    }
}
