import Transport

/// Asks servers of this machine, which may come and go.
public struct LoopbackClient: Sendable {
    private let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))

    public init() {}

    /// One answer, whatever its status; nil where nobody gives one, or not all of it.
    public func get(_ address: String, within seconds: Double = 20) async -> (status: Int, text: String)? {
        var request = Request(
            url: address, limits: TransferLimits(totalSeconds: seconds), retry: .never,
            readableStatuses: Set(400...599))
        request.ignoresCircuit = true
        guard let answer = try? await transport.send(request), let bytes = try? await answer.body.bytes() else {
            return nil
        }
        return (answer.head.status, String(decoding: bytes, as: UTF8.self))
    }
}
