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
    /// Bytes of a request's address at most.
    public var urlLimit: Int
    /// Seconds from an answer to the next request on a connection.
    public var idleSeconds: Int
    /// Seconds that a request's line and headers may take.
    public var headSeconds: Int
    /// Seconds that a request's body may take.
    public var bodySeconds: Int
    /// Seconds that a caller may take none of what is sent to it.
    public var stallSeconds: Int
    /// Seconds a query may take.
    public var querySeconds: Double
    /// Seconds that an answer may take to be sent, however slow its reader is.
    public var streamSeconds: Int
    /// Connections open at once; one more displaces whichever has been quiet for longest.
    public var connections: Int
    /// Requests answered at once; others are told to come again.
    public var requests: Int

    public init(
        host: String = "127.0.0.1", port: Int = 8080, publicBase: String? = nil, bodyLimit: Int = 1 << 20,
        headerLimit: Int = 32 << 10, urlLimit: Int = 16 << 10, idleSeconds: Int = 60, headSeconds: Int = 10,
        bodySeconds: Int = 30, stallSeconds: Int = 30, querySeconds: Double = 30, streamSeconds: Int = 300,
        connections: Int = 1024, requests: Int = 256
    ) {
        self.host = host
        self.port = port
        self.publicBase = publicBase
        self.bodyLimit = bodyLimit
        self.headerLimit = headerLimit
        self.urlLimit = urlLimit
        self.idleSeconds = idleSeconds
        self.headSeconds = headSeconds
        self.bodySeconds = bodySeconds
        self.stallSeconds = stallSeconds
        self.querySeconds = querySeconds
        self.streamSeconds = streamSeconds
        self.connections = connections
        self.requests = requests
    }
}
