import Hummingbird
import Logging
import Model
import NIOCore
import ServiceLifecycle

/// The exchange over HTTP: collections, records, catalogue, runs and health, for reading.
///
/// A service: it runs until it is told to stop, answers what was asked by then, and returns.
public struct Gateway: Service {
    let application: Application<RouterResponder<GatewayContext>>
    private let settings: GatewaySettings

    /// Prepares the gateway; nothing is bound yet.
    ///
    /// - Parameter onRunning: Called with the bound port once requests are answered.
    /// - Throws: `settings.unsafe-address` unless the host is a loopback one.
    public init(
        services: GatewayServices, settings: GatewaySettings, logger: Logger,
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws(Fault) {
        try LoopbackAddress.require(settings.host)
        self.settings = settings
        application = Application(
            router: Gateway.router(services, settings),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [Compression()], idleTimeout: .seconds(Int64(settings.idleSeconds)),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: settings.headerLimit, maxHeaderListSize: settings.headerLimit,
                        maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil,
                availableConnectionsDelegate: .maximum(settings.connections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger)
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

    private static func router(_ services: GatewayServices, _ settings: GatewaySettings) -> Router<GatewayContext> {
        let metrics = RequestMetrics()
        let answering = Answering(services: services, settings: settings, metrics: metrics)
        let router = Router(context: GatewayContext.self)
        router.add(middleware: Observing(metrics: metrics, hosts: AllowedHosts(settings)))
        for route in Route.allCases {
            for method in route.methods {
                router.on(RouterPath(route.template), method: method) { request, context in
                    try await answering.answer(route, request, context)
                }
            }
        }
        return router
    }
}
