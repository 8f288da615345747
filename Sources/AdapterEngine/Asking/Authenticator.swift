import Crypto
import Foundation
import Model
import Transport

/// How a request shows who asks: a credential with its secrets at hand.
struct Authenticator: Sendable {
    private enum Proof: Sendable {
        case none
        case header(name: String, value: String)
        case query(name: String, value: String)
        case signature(Credential.Signing, secret: String)
    }

    private let proof: Proof
    let tls: TLSIdentity?

    /// - Throws: `settings.credential-missing` where a secret is not there.
    init(_ credential: Credential, secrets: Secrets) throws(Fault) {
        var tls: TLSIdentity?
        switch credential {
        case .none: proof = .none
        case .basic(let user, let secret):
            let pair = Data("\(user):\(try secrets.value(secret))".utf8).base64EncodedString()
            proof = .header(name: "Authorization", value: "Basic \(pair)")
        case .bearer(let secret):
            proof = .header(name: "Authorization", value: "Bearer \(try secrets.value(secret))")
        case .apiKey(let secret, .header, let name): proof = .header(name: name, value: try secrets.value(secret))
        case .apiKey(let secret, .query, let name): proof = .query(name: name, value: try secrets.value(secret))
        case .signed(let signing): proof = .signature(signing, secret: try secrets.value(signing.secret))
        case .certificate(let certificate, let key, let authority):
            proof = .none
            tls = TLSIdentity(authority: authority, certificate: certificate, key: key)
        case .privateKey:
            throw SourcePlan.misfit(
                "a private key is no credential over HTTP",
                advice: "Use it for a system of sftp, or choose another kind.")
        }
        self.tls = tls
    }

    /// Adds what proves who asks; a signature holds the time of its request.
    func sign(
        query: inout [(name: String, value: String)], headers: inout [(name: String, value: String)], at now: SourceTime
    ) {
        switch proof {
        case .none: break
        case .header(let name, let value): headers.append((name, value))
        case .query(let name, let value): query.append((name, value))
        case .signature(let signing, let secret):
            let time = now.compact
            let parts = [
                (name: signing.keyName, value: signing.appKey), (name: signing.timeName, value: time),
                (name: signing.signatureName, value: Self.digest(signing.digest, signing.appKey + secret + time)),
            ]
            switch signing.placement {
            case .header: headers += parts
            case .query: query += parts
            }
        }
    }

    /// Lower-case hexadecimal digits. MD5 is not ours to choose: departments' gateways ask for it.
    static func digest(_ digest: Credential.Signing.Digest, _ text: String) -> String {
        let bytes: [UInt8] =
            switch digest {
            case .md5: Array(Insecure.MD5.hash(data: Data(text.utf8)))
            case .sha256: Array(SHA256.hash(data: Data(text.utf8)))
            }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
