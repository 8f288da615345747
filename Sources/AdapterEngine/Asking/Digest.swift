import COpenSSL
import Crypto

/// Digests that departments' gateways ask for. MD5 and SHA-1 are not ours to choose.
enum Digest {
    /// FIPS 180-4: 20 bytes.
    static func sha1(_ bytes: [UInt8]) -> [UInt8] { Array(Insecure.SHA1.hash(data: bytes)) }

    static func sm3(_ bytes: [UInt8]) -> [UInt8] {
        let hash = SM3()
        hash.update(bytes)
        return hash.digest
    }

    /// RFC 2104 over GB/T 32905-2016, by OpenSSL.
    static func keyedSM3(_ bytes: [UInt8], key: [UInt8]) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        COpenSSL.HMAC(EVP_sm3(), key, Int32(key.count), bytes, bytes.count, &code, &length)
        return Array(code.prefix(Int(length)))
    }
}
