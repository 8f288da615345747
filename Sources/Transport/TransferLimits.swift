/// How long and how large one transfer may become before it is given up.
public struct TransferLimits: Sendable, Equatable {
    /// Seconds until the connection stands, with name lookup and TLS handshake.
    public var connectSeconds: Double
    /// Bytes a second below which a transfer counts as stuck; waiting for the first byte counts as well, our own pauses do not.
    public var lowSpeedBytes: Int
    /// Seconds below `lowSpeedBytes` after which it is given up.
    public var lowSpeedSeconds: Int
    /// Seconds for the whole transfer, our own pauses included.
    public var totalSeconds: Double
    /// Bytes of all headers of one answer.
    public var headerBytes: Int
    /// Bytes of the body, both as sent and after decompression.
    public var bodyBytes: Int

    public init(
        connectSeconds: Double = 10, lowSpeedBytes: Int = 64, lowSpeedSeconds: Int = 60, totalSeconds: Double = 21_600,
        headerBytes: Int = 65_536, bodyBytes: Int = 8 << 30
    ) {
        self.connectSeconds = connectSeconds
        self.lowSpeedBytes = lowSpeedBytes
        self.lowSpeedSeconds = lowSpeedSeconds
        self.totalSeconds = totalSeconds
        self.headerBytes = headerBytes
        self.bodyBytes = bodyBytes
    }
}
