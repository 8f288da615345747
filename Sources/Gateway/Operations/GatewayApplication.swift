import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// The server, with the gateway's responder behind it.
///
/// `run` is not the framework's: that makes a logger with an identity and a context for every request and finds its way
/// through middleware, which costs as much as a record. Tests, which bring a server of their own, take the framework's way.
struct GatewayApplication: ApplicationProtocol {
    let responder: GatewayResponder
    let server: HTTPServerBuilder
    let configuration: ApplicationConfiguration
    let connections: any AvailableConnectionsDelegate
    let logger: Logger
    let running: @Sendable (any Channel) async -> Void

    func onServerRunning(_ channel: any Channel) async {
        await Acceptance.goOn(channel, logger: logger)
        await running(channel)
    }

    func run() async throws {
        let date = DateHeader()
        let responder = responder
        let service = try server.buildServer(
            configuration: ServerConfiguration(
                address: configuration.address, availableConnectionsDelegate: connections),
            eventLoopGroup: eventLoopGroup, logger: logger
        ) { (request, writer: consuming ResponseWriter, channel) in
            var response = await responder.answer(request, over: channel)
            response.headers.append(date.field)
            try await writer.write(response: response.head, body: response.body)
        } onServerRunning: { channel in
            await onServerRunning(channel)
        }
        try await service.run()
    }
}
