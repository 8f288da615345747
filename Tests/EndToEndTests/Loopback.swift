import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Daemons on this machine.
enum Loopback {
    /// Waits until a daemon answers.
    static func wait(for daemon: Process, at address: String) async throws {
        while await status(address + "/health/live") != 200 {
            guard daemon.isRunning else { throw CocoaError(.executableLoad) }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A port that nobody listens on.
    static func freePort() -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = bind(descriptor, $0, length)
                _ = getsockname(descriptor, $0, &length)
            }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    static func text(_ address: String) async throws -> String {
        guard let url = URL(string: address) else { return "" }
        return String(decoding: try await URLSession.shared.data(from: url).0, as: UTF8.self)
    }

    static func status(_ address: String) async -> Int? {
        guard let url = URL(string: address) else { return nil }
        return (try? await URLSession.shared.data(from: url).1 as? HTTPURLResponse)?.statusCode
    }
}
