import CCurl
import Foundation

/// An address that is about to be connected to, after the name was looked up.
enum SocketAddress {
    case internet([UInt8])
    case unix
    case other

    init(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        // The structure ends in the first bytes of an address that may be longer than its declared type.
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) ?? 0
        let length = Int(address.pointee.addrlen)
        let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(address) + offset, count: length)
        switch address.pointee.family {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            let start = MemoryLayout<sockaddr_in>.offset(of: \.sin_addr) ?? 0
            self = .internet(Array(bytes[start..<start + 4]))
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            let start = MemoryLayout<sockaddr_in6>.offset(of: \.sin6_addr) ?? 0
            self = .internet(Array(bytes[start..<start + 16]))
        case AF_UNIX: self = .unix
        default: self = .other
        }
    }

    /// For people to read.
    var text: String {
        guard case .internet(var bytes) = self else { return "a socket" }
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, &bytes, &buffer, socklen_t(buffer.count)) != nil else {
            return "an address"
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
