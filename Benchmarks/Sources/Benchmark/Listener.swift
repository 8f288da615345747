import Foundation

/// A socket that listens on loopback.
struct Listener {
    let descriptor: Int32
    let port: UInt16

    /// SOCK_STREAM: two of the C modules that this program imports declare it, and neither lets it be seen.
    private static let stream: Int32 = 1

    /// - Parameter port: 0 takes any free one.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Self.stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { [descriptor] pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && listen(descriptor, 64) == 0
                    && getsockname(descriptor, address, &length) == 0
            }
        }
        guard isBound else { throw Failure("cannot listen on port \(port): errno \(errno)") }
        self.port = UInt16(bigEndian: address.sin_port)
    }

    /// A port that nobody listens on now.
    static func freePort() throws -> UInt16 {
        let listener = try Listener(port: 0)
        close(listener.descriptor)
        return listener.port
    }
}
