import Model

/// All the loop needs to know to carry out one hop of a request.
struct Order: Sendable {
    let hop: Hop
    let policy: OutboundPolicy
    let channel: TransferChannel
    /// Called once on the loop's thread when the transfer is over, before anybody hears of its end.
    let leave: @Sendable () -> Void

    func fail(_ fault: Fault) {
        leave()
        channel.finish(.failure(Failure(fault)))
    }
}
