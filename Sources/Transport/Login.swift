/// How a server of files knows us, and how we know it (`sftp`, `ftp`, `ftps`).
///
/// The type never prints what it knows.
public struct Login: Sendable, Equatable {
    public var user: String
    /// The password, or what opens the private key.
    public var secret: String?
    /// The path of a private key in PEM or OpenSSH form; for `sftp` only.
    public var privateKey: String?
    /// What proves that an `sftp` server is the one we mean; without it, none is asked.
    public var hostKey: HostKey?

    /// The proof of a server's identity (RFC 4251, section 4.1).
    public enum HostKey: Sendable, Equatable {
        /// Base64 of the SHA-256 of the host's public key, as `ssh-keygen -l` prints it after `SHA256:`.
        case fingerprint(String)
        /// The path of a file of known hosts, as OpenSSH keeps it.
        case file(String)
    }

    public init(user: String = "", secret: String? = nil, privateKey: String? = nil, hostKey: HostKey? = nil) {
        self.user = user
        self.secret = secret
        self.privateKey = privateKey
        self.hostKey = hostKey
    }
}
