import Foundation
import Model
import Transport

/// What one request carries to show who asks.
struct Proof: Sendable {
    var headers: [(name: String, value: String)] = []
    var query: [(name: String, value: String)] = []
    /// The credential's part of a SOAP header.
    var markup: String?
}

extension Proof {
    init(_ items: [(name: String, value: String)], in placement: Credential.Placement) {
        switch placement {
        case .header: headers = items
        case .query: query = items
        }
    }
}

/// How requests show who asks: a credential with its secrets at hand.
struct Authenticator: Sendable {
    private enum Kind: Sendable {
        case none
        case header(name: String, value: String)
        case query(name: String, value: String)
        case signature(Credential.Signing, Signature)
        case usernameToken(UsernameToken)
    }

    private let kind: Kind
    /// What nobody may see who reads a log.
    let secrets: [String]
    let tls: TLSIdentity?
    /// What an access token is asked for with; nil where the credential needs none.
    let tokens: AccessTokenRequest?

    /// - Throws: `settings.credential-missing` where a secret is not there, `catalogue.adapter-invalid` where a token would be
    ///   asked for on another host, `settings.secret-exposed` where others could read a key.
    init(_ system: SourceSystem, secrets: Secrets) throws(Fault) {
        var tls: TLSIdentity?
        var tokens: AccessTokenRequest?
        switch system.credential {
        case .none: kind = .none
        case .basic(let user, let secret):
            kind = .header(name: "Authorization", value: Self.basic(user, try secrets.value(secret)))
        case .bearer(let secret):
            kind = .header(name: "Authorization", value: "Bearer \(try secrets.value(secret))")
        case .apiKey(let secret, .header, let name): kind = .header(name: name, value: try secrets.value(secret))
        case .apiKey(let secret, .query, let name): kind = .query(name: name, value: try secrets.value(secret))
        case .signed(let signing):
            kind = .signature(signing, Signature(signing, secret: try secrets.value(signing.secret)))
        case .certificate(let certificate, let key, let authority):
            kind = .none
            try SecretFile.requirePrivate(key, of: "the key of the system '\(system.name)'")
            tls = TLSIdentity(authority: authority, certificate: certificate, key: key)
        case .privateKey:
            throw SourcePlan.misfit(
                "a private key is no credential over HTTP",
                advice: "Use it for a system of sftp, or choose another kind.")
        case .oauth2(let client):
            kind = .none
            tokens = try AccessTokenRequest(client, system: system, secret: try secrets.value(client.secret))
        case .login(let login):
            kind = .none
            tokens = try AccessTokenRequest(login, system: system, secret: try secrets.value(login.secret))
        case .usernameToken(let user, let secret, let isDigest):
            kind = .usernameToken(
                UsernameToken(user: user, password: try secrets.value(secret), isDigest: isDigest))
        }
        self.tls = tls
        self.tokens = tokens
        var hidden = try system.credential.secretName.map { name throws(Fault) in [try secrets.value(name)] } ?? []
        // A password is half of what its header says in base64.
        if case .header(_, let value) = kind {
            hidden += [value, value.split(separator: " ").last.map(String.init) ?? value]
        }
        self.secrets = hidden
    }

    /// Names of the query's items that hold the credential.
    var queryNames: [String] {
        switch kind {
        case .query(let name, _): [name]
        case .signature(let signing, _) where signing.placement == .query:
            [signing.keyName, signing.timeName, signing.signatureName] + (signing.nonceName.map { [$0] } ?? [])
        default: tokens.flatMap { $0.place == .query ? [$0.name] : nil } ?? []
        }
    }

    /// What proves who asks; a signature and a digest hold the time of their request.
    ///
    /// - Parameter token: the access token, where the credential asks for one.
    func proof(at now: SourceTime, token: String?) -> Proof {
        if let token, let tokens { return tokens.proof(token) }
        switch kind {
        case .none: return Proof()
        case .header(let name, let value): return Proof(headers: [(name, value)])
        case .query(let name, let value): return Proof(query: [(name, value)])
        case .usernameToken(let token): return Proof(markup: token.header(at: now))
        case .signature(let signing, let signature):
            return Proof(signature.items(at: now), in: signing.placement)
        }
    }

    /// RFC 7617.
    static func basic(_ user: String, _ password: String) -> String {
        "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
    }
}
