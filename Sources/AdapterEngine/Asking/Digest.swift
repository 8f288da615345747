import COpenSSL
import Crypto
import Foundation
import Model

/// Digests that departments' gateways ask for. MD5 and SHA-1 are not ours to choose.
enum Digest {
    /// Lower-case hexadecimal digits.
    static func hexadecimal(_ digest: Credential.Signing.Digest, _ text: String) -> String {
        let bytes: [UInt8] =
            switch digest {
            case .md5: Array(Insecure.MD5.hash(data: Data(text.utf8)))
            case .sha256: Array(SHA256.hash(data: Data(text.utf8)))
            case .sm3: sm3(Array(text.utf8))
            }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// GB/T 32905-2016: 32 bytes.
    static func sm3(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_Digest(bytes, bytes.count, &digest, &length, EVP_sm3(), nil)
        return Array(digest.prefix(Int(length)))
    }

    /// FIPS 180-4: 20 bytes.
    static func sha1(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: bytes)) }
}
