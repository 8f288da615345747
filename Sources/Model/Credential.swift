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
    /// A token that the system gives to who logs in, in its own way.
    case login(Login)
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
}

extension Credential {
    /// How requests are signed: what is digested, how, and where it is sent.
    public struct Signing: Sendable, Codable, Equatable {
        /// The digests that control files give, too.
        public enum Digest: String, Sendable, Codable, CaseIterable {
            case md5, sha256, sm3
        }
        /// What makes a signature; the last two take the secret as their key (RFC 2104).
        public enum Method: String, Sendable, Codable, CaseIterable {
            case md5, sha1, sha256, sm3
            case hmacSHA256 = "hmac-sha256"
            case hmacSM3 = "hmac-sm3"

            public var isKeyed: Bool { [.hmacSHA256, .hmacSM3].contains(self) }
        }
        /// How a signature's bytes are written.
        public enum Encoding: String, Sendable, Codable, CaseIterable {
            case hex
            case upperHex = "upper-hex"
            case base64
        }
        public var appKey: String
        public var secret: String
        public var digest: Method
        public var placement: Placement
        /// Names of the parameters or headers; without a name, no nonce is sent.
        public var keyName: String
        public var timeName: String
        public var nonceName: String?
        public var signatureName: String
        public var time: Manifest.IncrementalSync.Format
        public var encoding: Encoding
        /// What is digested, with `{{key}}`, `{{secret}}`, `{{time}}` and `{{nonce}}`; nil for the usual order.
        public var text: String?

        /// What may stand in `text`.
        public static let placeholders = ["key", "secret", "time", "nonce"]

        public init(
            appKey: String, secret: String, digest: Method = .sha256, placement: Placement = .header,
            keyName: String = "appKey", timeName: String = "timestamp", nonceName: String? = nil,
            signatureName: String = "sign", time: Manifest.IncrementalSync.Format = .compact,
            encoding: Encoding = .hex, text: String? = nil
        ) {
            self.appKey = appKey
            self.secret = secret
            self.digest = digest
            self.placement = placement
            self.keyName = keyName
            self.timeName = timeName
            self.nonceName = nonceName
            self.signatureName = signatureName
            self.time = time
            self.encoding = encoding
            self.text = text
        }
    }

    /// How a token is asked for, where it is in the answer, and how requests carry it.
    public struct Login: Sendable, Codable, Equatable {
        /// How what is sent is written.
        public enum Form: String, Sendable, Codable, CaseIterable {
            case json, form, query
        }
        /// The whole address of the login.
        public var address: String
        /// Named texts, in which `{{secret}}` stands for the secret.
        public var items: [Manifest.Item]
        public var form: Form
        public var secret: String
        /// JSON paths into the answer: of the token, and of the seconds that it is good for.
        public var token: String
        public var life: String?
        public var placement: Placement
        /// The header or query item that takes the token, after the prefix.
        public var name: String
        public var prefix: String

        public init(
            address: String, items: [Manifest.Item], form: Form = .json, secret: String, token: String,
            life: String? = nil, placement: Placement = .header, name: String = "Authorization",
            prefix: String = "Bearer "
        ) {
            self.address = address
            self.items = items
            self.form = form
            self.secret = secret
            self.token = token
            self.life = life
            self.placement = placement
            self.name = name
            self.prefix = prefix
        }
    }
}
