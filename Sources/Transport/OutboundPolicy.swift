import Model

/// Where requests may go, whatever an entry or an answer says. The default is the public Internet only.
public struct OutboundPolicy: Sendable, Equatable {
    /// The folder below which `file` addresses may be read; nil for none.
    public var fileFolder: String?
    /// Whether this machine's own services may be asked (127.0.0.0/8, ::1).
    public var allowsLoopback: Bool
    /// Whether private networks may be asked (10.0.0.0/8, 192.168.0.0/16, fc00::/7 and the like), as inside of a district.
    public var allowsPrivate: Bool

    public init(fileFolder: String? = nil, allowsLoopback: Bool = false, allowsPrivate: Bool = false) {
        self.fileFolder = fileFolder
        self.allowsLoopback = allowsLoopback
        self.allowsPrivate = allowsPrivate
    }

    /// Whether a connection to an address of that kind may be made. The addresses where clouds keep their machines'
    /// credentials are never allowed.
    public func allows(_ kind: AddressKind) -> Bool {
        switch kind {
        case .global: true
        case .loopback: allowsLoopback
        case .privateNetwork: allowsPrivate
        case .linkLocal, .cloudMetadata, .multicast, .unspecified, .reserved: false
        }
    }

    func check(scheme: String) throws(Fault) {
        guard ["https", "http", "file", "sftp", "ftps", "ftp"].contains(scheme) else {
            throw Fault(
                .sourceForbidden, "Addresses of the scheme '\(scheme)' are not asked.",
                advice: "Use https, http, sftp, ftps, ftp, or file below the folder that the settings allow.")
        }
    }
}
