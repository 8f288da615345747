import Model

extension Fault {
    /// Nobody waits for the answer any more.
    static var cancelled: Fault { Fault(.runCancelled, "The request was cancelled before its answer was complete.") }

    /// The transport was closed while the request was under way.
    static var shutDown: Fault { Fault(.unavailable, "The exchange is shutting down; the request was not finished.") }
}
