import Dispatch
import Foundation
import Logging
import Model
import ServiceLifecycle

/// Reads the catalogue's files again when one of them changed, and on SIGHUP.
public struct CatalogueWatcher: Service {
    private let operations: Operations
    private let logger: Logger
    private let interval: Duration

    public init(operations: Operations, logger: Logger, interval: Duration = .seconds(1)) {
        self.operations = operations
        self.logger = logger
        self.interval = interval
    }

    public func run() async throws {
        let (hangups, hangup) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        signal(SIGHUP, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: SIGHUP, queue: .global())
        source.setEventHandler { hangup.yield() }
        source.resume()
        defer { source.cancel() }
        await withTaskCancellationOrGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await watch(hangup) }
                for await _ in hangups { await reload() }
                group.cancelAll()
            }
        } onCancelOrGracefulShutdown: {
            hangup.finish()
        }
    }

    /// Polls: a folder on a network share tells nobody that it changed.
    private func watch(_ hangup: AsyncStream<Void>.Continuation) async {
        var known = operations.facilities.catalogue.fingerprint()
        var wait = interval
        while (try? await Task.sleep(for: wait)) != nil {
            let began = ContinuousClock.now
            let now = operations.facilities.catalogue.fingerprint()
            // However large the folder is, looking at it takes a hundredth of the time at most.
            wait = max(interval, (.now - began) * 100)
            if now != known { hangup.yield() }
            known = now
        }
    }

    private func reload() async {
        do {
            let health = try await operations.reload()
            if health.problems.isEmpty {
                logger.info("the catalogue was read again")
            } else {
                logger.error(
                    "the catalogue has mistakes, its last good version stays: \(health.problems.joined(separator: "; "))"
                )
            }
        } catch {
            logger.log(.error, error, about: ["during": "reading the catalogue again"])
        }
    }
}
