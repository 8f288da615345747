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
