import Foundation
import Synchronization

/// Callers by the hundred: connections that say nothing, and connections that ask for the dearest there is, over and over.
final class Flood: Sendable {
    struct Tally: Sendable {
        var answers: [Int: Int] = [:]
        var bytes = 0
    }

    private let port: Int
    private let isOver = Atomic(false)
    private let tally = Mutex(Tally())
    private let idle = Mutex<[Int32]>([])
    private let ended = DispatchGroup()

    init(port: Int) { self.port = port }

    var seen: Tally { tally.withLock { $0 } }

    /// Opens connections and says nothing on them.
    func openIdle(_ count: Int) {
        let opened = (0..<count).compactMap { _ in Self.connect(port) }
        idle.withLock { $0 += opened }
    }

    var idleCount: Int { idle.withLock { $0.count } }

    /// Asks for each of the targets in turn on as many connections as are wanted, each as soon as the last is answered.
    func begin(_ targets: [String], connections: Int) {
        for number in 0..<connections {
            ended.enter()
            Thread.detachNewThread { [self] in
                var turn = number
                while !isOver.load(ordering: .relaxed) {
                    if let outcome = Self.ask(port, targets[turn % targets.count]) {
                        tally.withLock { tally in
                            tally.answers[outcome.status, default: 0] += 1
                            tally.bytes += outcome.bytes
                        }
                    }
                    turn += 1
                }
                ended.leave()
            }
        }
    }

    /// Ends the flood, and closes what is open.
    func end() {
        isOver.store(true, ordering: .relaxed)
        ended.wait()
        for descriptor in idle.withLock({ $0 }) { close(descriptor) }
    }

    /// Seconds from connecting to the end of an answer, and its status; nil where there was none.
    static func time(_ port: Int, _ target: String) -> (seconds: Double, status: Int)? {
        let start = ContinuousClock.now
        return ask(port, target).map { ((ContinuousClock.now - start) / .seconds(1), $0.status) }
    }

    private static func ask(_ port: Int, _ target: String) -> (status: Int, bytes: Int)? {
        guard let descriptor = connect(port) else { return nil }
        defer { close(descriptor) }
        let request =
            "GET \(target) HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
        guard send(descriptor, request, request.utf8.count, Int32(MSG_NOSIGNAL)) > 0 else { return nil }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        var bytes = 0
        var status = 0
        while case let count = recv(descriptor, &chunk, chunk.count, 0), count > 0 {
            if bytes == 0, count > 12 { status = Int(String(decoding: chunk[9..<12], as: UTF8.self)) ?? 0 }
            bytes += count
        }
        return status == 0 ? nil : (status, bytes)
    }

    private static func connect(_ port: Int) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var wait = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        if !isConnected { close(descriptor) }
        return isConnected ? descriptor : nil
    }
}
