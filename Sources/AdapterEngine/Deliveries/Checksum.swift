import COpenSSL
import Crypto
import Foundation
import Model

/// The digest of a file, as a control file gives it.
struct ExpectedDigest: Sendable, Equatable {
    typealias Algorithm = Credential.Signing.Digest

    let algorithm: Algorithm
    /// In lower case.
    let hex: String

    /// A digest as it is written: hexadecimal digits, with or without its name before a colon.
    ///
    /// - Parameter declared: which it is where it does not say so itself; nil for what the number of its digits says.
    init?(_ text: String, declared: Algorithm? = nil) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        let named = parts.count == 2 ? Algorithm(rawValue: parts[0].lowercased()) : nil
        guard parts.count == 1 || named != nil, let digits = parts.last,
            digits.utf8.allSatisfy({ Self.digits.contains($0) })
        else { return nil }
        let implied: Algorithm = digits.utf8.count == 32 ? .md5 : .sha256
        algorithm = named ?? declared ?? implied
        guard digits.utf8.count == (algorithm == .md5 ? 32 : 64) else { return nil }
        hex = digits.lowercased()
    }

    private static let digits = Array("0123456789abcdefABCDEF".utf8)
}

/// A digest that grows with what it is of. MD5 is not ours to choose: departments' control files give it.
enum Checksum {
    case md5(Insecure.MD5)
    case sha256(SHA256)
    case sm3(SM3)

    init(_ algorithm: ExpectedDigest.Algorithm) {
        switch algorithm {
        case .md5: self = .md5(Insecure.MD5())
        case .sha256: self = .sha256(SHA256())
        case .sm3: self = .sm3(SM3())
        }
    }

    mutating func update(_ bytes: [UInt8]) {
        switch self {
        case .md5(var hash):
            hash.update(data: bytes)
            self = .md5(hash)
        case .sha256(var hash):
            hash.update(data: bytes)
            self = .sha256(hash)
        case .sm3(let hash): hash.update(bytes)
        }
    }

    /// Lower-case hexadecimal digits.
    var hex: String {
        switch self {
        case .md5(let hash): Self.hex(hash.finalize())
        case .sha256(let hash): Self.hex(hash.finalize())
        case .sm3(let hash): Self.hex(hash.digest)
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// GB/T 32905-2016, by OpenSSL, as its bytes come.
final class SM3 {
    private let context: OpaquePointer?

    init() {
        context = EVP_MD_CTX_new()
        EVP_DigestInit_ex(context, EVP_sm3(), nil)
    }

    deinit { EVP_MD_CTX_free(context) }

    func update(_ bytes: [UInt8]) { EVP_DigestUpdate(context, bytes, bytes.count) }

    /// The digest of all bytes; nothing can be added after.
    var digest: [UInt8] {
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var length: UInt32 = 0
        EVP_DigestFinal_ex(context, &digest, &length)
        return Array(digest.prefix(Int(length)))
    }
}
