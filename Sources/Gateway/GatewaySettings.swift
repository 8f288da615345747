/// Where the gateway listens, and what it puts up with.
public struct GatewaySettings: Sendable, Equatable {
    /// A loopback address or `localhost`: nothing else is bound while there are no consumers and grants.
    public var host: String
    /// 0 takes any free port.
    public var port: Int
    /// The address that links begin with, without a trailing slash, where a proxy stands before the gateway; nil takes
    /// the host that the caller named.
    public var publicBase: String?
    /// Bytes of a request's body at most.
    public var bodyLimit: Int
    /// Bytes of a request's line and headers at most.
    public var headerLimit: Int
    /// Seconds a connection may be silent, or take to send a request's head.
    public var idleSeconds: Int
    /// Seconds a query may take.
    public var querySeconds: Double
    /// Seconds that an answer may take which is sent while it is read, however slow its reader is.
    public var streamSeconds: Int
    /// Connections served at once; others wait.
    public var connections: Int

    public init(
        host: String = "127.0.0.1", port: Int = 8080, publicBase: String? = nil, bodyLimit: Int = 1 << 20,
        headerLimit: Int = 32 << 10, idleSeconds: Int = 60, querySeconds: Double = 30,
        streamSeconds: Int = 300, connections: Int = 1024
    ) {
        self.host = host
        self.port = port
        self.publicBase = publicBase
        self.bodyLimit = bodyLimit
        self.headerLimit = headerLimit
        self.idleSeconds = idleSeconds
        self.querySeconds = querySeconds
        self.streamSeconds = streamSeconds
        self.connections = connections
    }
}
