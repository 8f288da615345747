import Crypto
import Foundation
import Model

/// The digest of a file, as a control file gives it.
struct ExpectedDigest: Sendable, Equatable {
    enum Algorithm: String, Sendable, CaseIterable {
        case md5, sha256
    }

    let algorithm: Algorithm
    /// In lower case.
    let hex: String

    /// A digest as it is written: hexadecimal digits, whose number says which it is.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ Self.digits.contains($0) }) else { return nil }
        switch text.utf8.count {
        case 32: algorithm = .md5
        case 64: algorithm = .sha256
        default: return nil
        }
        hex = text.lowercased()
    }

    private static let digits = Array("0123456789abcdefABCDEF".utf8)
}

/// A digest that grows with a file. MD5 is not ours to choose: departments' control files give it.
enum Checksum: Sendable {
    case md5(Insecure.MD5)
    case sha256(SHA256)

    init(_ algorithm: ExpectedDigest.Algorithm) {
        switch algorithm {
        case .md5: self = .md5(Insecure.MD5())
        case .sha256: self = .sha256(SHA256())
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
        }
    }

    /// Lower-case hexadecimal digits.
    var hex: String {
        switch self {
        case .md5(let hash): Self.hex(hash.finalize())
        case .sha256(let hash): Self.hex(hash.finalize())
        }
    }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
