/// Who offers or needs data (部门).
public struct Department: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    public var titleEnglish: String?
    /// The department's own credit code (GB 32100).
    public var code: String?
    public var systems: [SourceSystem]

    public init(
        name: String, title: String, titleEnglish: String? = nil, code: String? = nil, systems: [SourceSystem] = []
    ) {
        self.name = name
        self.title = title
        self.titleEnglish = titleEnglish
        self.code = code
        self.systems = systems
    }
}

/// A department's system that sources are read from (业务系统).
public struct SourceSystem: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    /// Base address, without a trailing slash; of files (`file:`, `sftp:`, `ftps:`, `ftp:`) a folder. `file:` only below
    /// the folder the settings allow.
    public var base: String
    /// Hosts that may be reached beside the base address's own.
    public var hosts: [String]
    public var credential: Credential
    /// Requests a second at most; nil where the department set no limit.
    public var rate: Double?
    /// Requests at once at most.
    public var concurrency: Int
    /// Hours of the day in Asia/Shanghai when it may be asked, for example 20:00–06:00; nil for always.
    public var hours: Hours?
    /// What proves that an `sftp` server is the one that is meant.
    public var hostKey: HostKey?

    public enum HostKey: Sendable, Codable, Equatable {
        /// Base64 of the SHA-256 of the host's public key, without padding.
        case fingerprint(String)
        /// The path of a file of known hosts, as OpenSSH keeps it.
        case knownHosts(String)
    }

    public struct Hours: Sendable, Codable, Equatable {
        /// Minutes of the day; a window may cross midnight.
        public var from: Int
        public var to: Int

        public init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }
    }

    public init(
        name: String, title: String, base: String, hosts: [String] = [], credential: Credential = .none,
        rate: Double? = nil, concurrency: Int = 2, hours: Hours? = nil, hostKey: HostKey? = nil
    ) {
        self.name = name
        self.title = title
        self.base = base
        self.hosts = hosts
        self.credential = credential
        self.rate = rate
        self.concurrency = concurrency
        self.hours = hours
        self.hostKey = hostKey
    }
}

/// How a system knows us. Secrets are named here, and looked up in the settings' files or environment when a run starts.
public enum Credential: Sendable, Codable, Equatable {
    case none
    case basic(user: String, secret: String)
    case bearer(secret: String)
    case apiKey(secret: String, placement: Placement, name: String)
    /// appKey, time and a digest of key, secret and time, as Chinese departments sign their requests.
    case signed(Signing)
    /// An access token that is asked for with our own name and secret (RFC 6749, section 4.4).
    case oauth2(Client)
    /// User and password in a SOAP header (WS-Security), where the adapter has a place for it.
    case usernameToken(user: String, secret: String, isDigest: Bool)
    /// A client certificate and, where the department has its own, its certificate authority; paths to PEM files.
    case certificate(certificate: String, key: String, authority: String?)
    /// A user with a private key, for servers of files over SSH: the key's path, and the secret that opens it.
    case privateKey(user: String, key: String, secret: String?)

    public enum Placement: String, Sendable, Codable, CaseIterable {
        case header, query
    }

    /// Who asks for an access token, and where.
    public struct Client: Sendable, Codable, Equatable {
        public enum Placement: String, Sendable, Codable, CaseIterable {
            case header, body
        }
        /// The whole address of the token.
        public var address: String
        /// The client's id.
        public var name: String
        public var secret: String
        public var scope: String?
        /// Where name and secret are sent.
        public var placement: Placement

        public init(
            address: String, name: String, secret: String, scope: String? = nil, placement: Placement = .header
        ) {
            self.address = address
            self.name = name
            self.secret = secret
            self.scope = scope
            self.placement = placement
        }
    }

    public struct Signing: Sendable, Codable, Equatable {
        public enum Digest: String, Sendable, Codable, CaseIterable {
            case md5, sha256, sm3
        }
        public var appKey: String
        public var secret: String
        public var digest: Digest
        public var placement: Placement
        /// Names of the three parameters or headers.
        public var keyName: String
        public var timeName: String
        public var signatureName: String

        public init(
            appKey: String, secret: String, digest: Digest = .sha256, placement: Placement = .header,
            keyName: String = "appKey", timeName: String = "timestamp", signatureName: String = "sign"
        ) {
            self.appKey = appKey
            self.secret = secret
            self.digest = digest
            self.placement = placement
            self.keyName = keyName
            self.timeName = timeName
            self.signatureName = signatureName
        }
    }
}
