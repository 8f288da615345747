import CCurl
import District
import Foundation
import Synchronization

/// Serves a folder's pages on loopback at the least cost, so that what is measured is the reader: files mapped once, one
/// thread a connection, nothing understood of a request but the number after `pageNo=`.
///
/// Of several folders one is served at a time: asking for `/edition/2` turns to the second. Where it validates, it says
/// which edition a page is of, and answers who has it with `304`; asked for what changed `since=` anything, it says that
/// nothing did.
final class PageServer: Sendable {
    private let editions: [[Data]]
    private let isValidating: Bool
    private let type: String
    private let edition = Mutex(1)

    init(folders: [String], format: EntityGenerator.Format, isValidating: Bool = false) throws {
        editions = try folders.map { folder in
            var pages: [Data] = []
            while let page = try? Data(
                contentsOf: URL(filePath: "\(folder)/page-\(pages.count + 1).\(format.rawValue)"),
                options: .alwaysMapped)
            {
                pages.append(page)
            }
            guard !pages.isEmpty else { throw Failure("no pages in \(folder)") }
            return pages
        }
        self.isValidating = isValidating
        type = format == .json ? "application/json" : "text/xml; charset=UTF-8"
    }

    /// Serves until the process ends; prints the address to ask.
    func run(port: UInt16) throws -> Never {
        signal(SIGPIPE, SIG_IGN)
        let listener = try Listener(port: port)
        print("http://127.0.0.1:\(listener.port)/page")
        fflush(nil)
        while true {
            let connection = accept(listener.descriptor, nil, nil)
            guard connection >= 0 else { continue }
            Thread.detachNewThread { self.converse(on: connection) }
        }
    }

    private func converse(on connection: Int32) {
        defer { close(connection) }
        var on: Int32 = 1
        setsockopt(connection, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        var received: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 8192)
        while true {
            while let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                guard answer(received[..<end], on: connection) else { return }
                received.removeFirst(end)
            }
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            received += chunk[..<count]
        }
    }

    private func answer(_ request: ArraySlice<UInt8>, on connection: Int32) -> Bool {
        if let number = Self.number(after: "/edition/", in: request) {
            edition.withLock { $0 = min(max(number, 1), editions.count) }
            return send(Data("HTTP/1.1 204 No Content\r\n\r\n".utf8), on: connection)
        }
        let edition = edition.withLock { $0 }
        var validator = ""
        if isValidating {
            if request.firstRange(of: Array("since=".utf8)) != nil { return send(Self.nothing, on: connection) }
            if Self.number(after: "If-None-Match: \"", in: request) == edition {
                return send(Data("HTTP/1.1 304 Not Modified\r\n\r\n".utf8), on: connection)
            }
            validator = "ETag: \"\(edition)\"\r\n"
        }
        // The last page is the one without records: what any number beyond gets.
        let pages = editions[edition - 1]
        let number = Self.number(after: "pageNo=", in: request) ?? 0
        let page = pages[min(max(number, 1), pages.count) - 1]
        let head =
            "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\n\(validator)Content-Length: \(page.count)\r\n\r\n"
        return send(Data(head.utf8), flags: Int32(MSG_MORE), on: connection) && send(page, on: connection)
    }

    private static let nothing: Data = {
        let body = #"{"code":"00","data":{"total":0,"rows":[]}}"#
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return Data((head + body).utf8)
    }()

    private static func number(after text: String, in request: ArraySlice<UInt8>) -> Int? {
        guard let name = request.firstRange(of: Array(text.utf8)) else { return nil }
        var number = 0
        for byte in request[name.upperBound...] {
            guard (48...57).contains(byte), number < 1_000_000 else { break }
            number = number * 10 + Int(byte) - 48
        }
        return number
    }

    private func send(_ data: Data, flags: Int32 = 0, on connection: Int32) -> Bool {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
                let count = Glibc.send(connection, start, rest.count, flags)
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
