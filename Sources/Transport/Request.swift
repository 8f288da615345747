/// What is asked of a system: one request, with the identity, the limits and the pace that go with it.
public struct Request: Sendable {
    /// `GET`, `POST` and the like, in capitals; `LIST` asks a folder for the names in it, a line each.
    public var method: String
    /// An absolute address of a scheme that the policy knows, without user name or password.
    public var url: String
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]?
    /// Whose certificates to trust and which to show; nil for the machine's authorities and none of our own.
    public var tls: TLSIdentity?
    /// Who we are to a server of files.
    public var login: Login?
    /// Hosts a redirect may lead to beside the request's own, in lower case and without a port.
    public var allowedHosts: Set<String>
    public var limits: TransferLimits
    /// A socket file to connect to instead of the address's host; such a request is outside of the outbound policy.
    public var unixSocket: String?
    /// How fast the system may be asked; nil for four requests at once to the address's host, at any rate.
    public var pace: Pace?
    public var retry: RetryPolicy
    /// Whether the system is asked though its circuit is open: where a person wants to know now.
    public var ignoresCircuit = false
    /// Whether asking twice does no harm. By default the method says; a query sent with `POST` is for its author to declare.
    public var isIdempotent: Bool
    /// Statuses from 400 on whose body is wanted too, since it says what went wrong; they are not tried again here.
    public var readableStatuses: Set<Int>

    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: [UInt8]? = nil,
        tls: TLSIdentity? = nil, login: Login? = nil, allowedHosts: Set<String> = [],
        limits: TransferLimits = TransferLimits(), unixSocket: String? = nil, pace: Pace? = nil,
        retry: RetryPolicy = RetryPolicy(), isIdempotent: Bool? = nil, readableStatuses: Set<Int> = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.tls = tls
        self.login = login
        self.allowedHosts = allowedHosts
        self.limits = limits
        self.unixSocket = unixSocket
        self.pace = pace
        self.retry = retry
        self.readableStatuses = readableStatuses
        self.isIdempotent = isIdempotent ?? ["GET", "HEAD", "LIST", "OPTIONS", "PUT", "DELETE"].contains(method)
    }
}
