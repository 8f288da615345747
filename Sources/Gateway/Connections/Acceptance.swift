import Logging
import NIOCore

/// Goes on listening where a connection cannot be taken.
///
/// With no file descriptors left the system refuses to hand a connection over. It waits in the queue then; to ask for it
/// again at once would keep a loop busy with nothing else, and an error that is passed on ends the server.
enum Acceptance {
    private static let pause = TimeAmount.milliseconds(200)

    static func goOn(_ channel: any Channel, logger: Logger) async {
        let isAdded = channel.eventLoop.submit {
            let backoff = AcceptBackoffHandler(
                shouldForwardIOErrorCaught: false,
                backoffProvider: { error in
                    logger.warning("a connection could not be taken", metadata: ["errno": "\(error.errnoCode)"])
                    return pause
                })
            try channel.pipeline.syncOperations.addHandler(backoff, position: .first)
        }
        do { try await isAdded.get() } catch { logger.error("the address is listened on without a pause after errors") }
    }
}
