import Foundation
import Synchronization

/// A server that says exactly what a test tells it to, bytes and breaks included, one thread a connection.
final class LoopbackServer: Sendable {
    struct Call: Sendable {
        let method: String
        let path: String
        let headers: [String: String]
        let body: String
        /// Which request of the whole server this is, from 1.
        let number: Int
        /// Which connection it came on, from 1.
        let connection: Int
    }

    private struct State {
        var calls: [Call] = []
        var connections = 0
    }

    let port: Int
    private let listener: Int32
    private let state = Mutex(State())

    var calls: [Call] { state.withLock { $0.calls } }
    var connections: Int { state.withLock { $0.connections } }
    func url(_ path: String, host: String = "127.0.0.1") -> String { "http://\(host):\(port)\(path)" }

    /// Listens on a free port, or on a socket file. `answer` gets each request and its connection; it may leave the connection open for the next.
    init(unixSocket: String? = nil, answer: @escaping @Sendable (Call, ServedConnection) -> Void) {
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
    static func closedPort() -> (descriptor: Int32, port: Int) { bound() }

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
