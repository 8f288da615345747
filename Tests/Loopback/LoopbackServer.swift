import Foundation
import Synchronization

/// A server that says exactly what a test tells it to, bytes and breaks included, one thread a connection.
public final class LoopbackServer: Sendable {
    public struct Call: Sendable {
        public let method: String
        public let path: String
        public let headers: [String: String]
        public let body: String
        /// Which request of the whole server this is, from 1.
        public let number: Int
        /// Which connection it came on, from 1.
        public let connection: Int
    }

    private struct State {
        var calls: [Call] = []
        var connections = 0
    }

    public let port: Int
    private let listener: Int32
    private let state = Mutex(State())
    private let began = ContinuousClock.now

    public var calls: [Call] { state.withLock { $0.calls } }
    public var connections: Int { state.withLock { $0.connections } }
    /// libcurl opens another connection where one was idle for 118 seconds, which a busy machine may let pass within a test.
    public var mayHaveAged: Bool { ContinuousClock.now - began > .seconds(100) }
    public func url(_ path: String, host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    /// Listens on a free port, or on a socket file. `answer` gets each request and its connection; it may leave the connection open for the next.
    public init(unixSocket: String? = nil, answer: @escaping @Sendable (Call, ServedConnection) -> Void) {
        let (listener, port) = unixSocket.map { (Self.listen(path: $0), 0) } ?? Self.listen()
        self.listener = listener
        self.port = port
        Thread { [weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0, let self else { break }
                let number = self.state.withLock { state in
                    state.connections += 1
                    return state.connections
                }
                Thread { self.serve(ServedConnection(descriptor), number, answer) }.start()
            }
            // Here and not in deinit: the number could be another server's by the time this thread looks at it.
            close(listener)
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func serve(
        _ connection: ServedConnection, _ number: Int, _ answer: @Sendable (Call, ServedConnection) -> Void
    ) {
        while let (head, body) = connection.readRequest() {
            let lines = head.components(separatedBy: "\r\n")
            let words = lines[0].split(separator: " ").map(String.init)
            var headers: [String: String] = [:]
            for line in lines.dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                if !parts.isEmpty { headers[parts[0].lowercased()] = parts.count > 1 ? parts[1] : "" }
            }
            let call = state.withLock { state in
                let call = Call(
                    method: words[0], path: words[1], headers: headers, body: body, number: state.calls.count + 1,
                    connection: number)
                state.calls.append(call)
                return call
            }
            answer(call, connection)
        }
        connection.close()
    }

    /// A port where nobody listens and that nobody gets while the descriptor is open.
    public static func closedPort() -> (descriptor: Int32, port: Int) { bound() }

    /// A port where connections wait and are never taken, with so many waiting that the next one is neither taken nor
    /// refused; it stays so while the descriptors are open.
    public static func fullQueue() -> (descriptors: [Int32], port: Int) {
        let (listener, port) = bound()
        precondition(Glibc.listen(listener, 0) == 0)
        var descriptors = [listener]
        for _ in 0..<8 {
            let waiting = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            withAddress(port: port) { _ = connect(waiting, $0, $1) }
            descriptors.append(waiting)
        }
        return (descriptors, port)
    }

    private static func withAddress(port: Int, _ work: (UnsafePointer<sockaddr>, socklen_t) -> Void) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                work($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    private static func listen() -> (Int32, Int) {
        let (descriptor, port) = bound()
        precondition(Glibc.listen(descriptor, 64) == 0)
        return (descriptor, port)
    }

    private static func bound() -> (Int32, Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                precondition(bind(descriptor, plain, length) == 0)
                getsockname(descriptor, plain, &length)
            }
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func listen(path: String) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                precondition(bind(descriptor, plain, length) == 0 && Glibc.listen(descriptor, 8) == 0)
            }
        }
        return descriptor
    }
}
