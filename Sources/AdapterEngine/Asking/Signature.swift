import Crypto
import Foundation
import Model

/// What proves that a request came from who knows the secret, made for one moment.
struct Signature {
    private let signing: Credential.Signing
    private let secret: String

    init(_ signing: Credential.Signing, secret: String) {
        self.signing = signing
        self.secret = secret
    }

    /// What is sent: key, time, nonce where it has a name, and signature.
    ///
    /// - Parameter nonce: 32 hexadecimal digits that are used once.
    func items(
        at now: SourceTime, nonce: String = Checksum.hex((0..<16).map { _ in UInt8.random(in: 0...255) })
    ) -> [(name: String, value: String)] {
        let time = now.text(signing.time)
        let sent = signing.nonceName == nil ? "" : nonce
        let usual = signing.digest.isKeyed ? "{{key}}{{time}}{{nonce}}" : "{{key}}{{secret}}{{time}}"
        let values = TemplateValues(
            parameters: [:], run: ["key": signing.appKey, "secret": secret, "time": time, "nonce": sent])
        let text = values.body(signing.text ?? usual, escape: { $0 }) ?? ""
        var items = [(name: signing.keyName, value: signing.appKey), (name: signing.timeName, value: time)]
        if let name = signing.nonceName { items.append((name, sent)) }
        items.append((signing.signatureName, written(digest(Array(text.utf8)))))
        return items
    }

    private func digest(_ bytes: [UInt8]) -> [UInt8] {
        let key = Array(secret.utf8)
        return switch signing.digest {
        case .md5: Array(Insecure.MD5.hash(data: bytes))
        case .sha1: Digest.sha1(bytes)
        case .sha256: Array(SHA256.hash(data: bytes))
        case .sm3: Digest.sm3(bytes)
        case .hmacSHA256: Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)))
        case .hmacSM3: Digest.keyedSM3(bytes, key: key)
        }
    }

    private func written(_ bytes: [UInt8]) -> String {
        switch signing.encoding {
        case .hex: Checksum.hex(bytes)
        case .upperHex: Checksum.hex(bytes).uppercased()
        case .base64: Data(bytes).base64EncodedString()
        }
    }
}
