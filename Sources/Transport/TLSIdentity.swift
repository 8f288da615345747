/// Whom to trust and who we are in a TLS handshake: paths to PEM files, read when a connection is made.
public struct TLSIdentity: Sendable, Equatable {
    /// Certificate authorities to trust instead of the machine's own.
    public var authority: String?
    /// Our certificate, with its chain.
    public var certificate: String?
    /// The private key of `certificate`.
    public var key: String?

    public init(authority: String? = nil, certificate: String? = nil, key: String? = nil) {
        self.authority = authority
        self.certificate = certificate
        self.key = key
    }
}
