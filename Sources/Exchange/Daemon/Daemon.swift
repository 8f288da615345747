import Logging
import Model
import ServiceLifecycle
import UnixSignals

/// Everything that runs as long as the exchange does: schedule, watcher, and what answers callers.
///
/// It ends on SIGTERM and SIGINT: runs may go on for the scheduler's grace, then stop where they are, to be taken up by
/// the next daemon; callers are answered until then.
public struct Daemon: Sendable {
    private let services: [any Service]
    private let logger: Logger
    private let longestShutdown: Duration

    /// - Parameters:
    ///   - front: what answers callers; started first and stopped last.
    ///   - work: what works by itself.
    public init(
        front: [any Service], work: [any Service], logger: Logger, longestShutdown: Duration = .seconds(40)
    ) {
        services = front + work
        self.logger = logger
        self.longestShutdown = longestShutdown
    }

    /// Runs until it is told to end, or one of its parts cannot go on.
    public func run() async throws(Fault) {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0, successTerminationBehavior: .gracefullyShutdownGroup,
                    failureTerminationBehavior: .gracefullyShutdownGroup)
            }, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = longestShutdown
        let group = ServiceGroup(configuration: configuration)
        try await faults { try await group.run() }
    }
}
