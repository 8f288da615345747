import Crypto
import Model

/// Digests that departments' gateways ask for. MD5 and SHA-1 are not ours to choose.
enum Digest {
    /// Lower-case hexadecimal digits.
    static func hexadecimal(_ digest: Credential.Signing.Digest, _ text: String) -> String {
        var checksum = Checksum(digest)
        checksum.update(Array(text.utf8))
        return checksum.hex
    }

    /// FIPS 180-4: 20 bytes.
    static func sha1(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: bytes)) }
}
