import Foundation
import Model
import Synchronization
import Testing
import Transport

@testable import AdapterEngine

/// A department's server on loopback: an answer for each address, one connection a request.
private final class Department: Sendable {
    struct Answer: Sendable {
        var type = "text/xml"
        var body: [UInt8]
        /// Bytes of the body that are sent before the connection is cut, the first time it is asked for.
        var cutAfter: Int?
    }

    let port: Int
    private let listener: Int32
    private let asked = Mutex<[String]>([])
    var requests: [String] { asked.withLock { $0 } }

    init(_ answers: [String: Answer]) {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                precondition(bind(listener, plain, length) == 0 && listen(listener, 16) == 0)
                getsockname(listener, plain, &length)
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread { [weak self] in
            while case let connection = accept(listener, nil, nil), connection >= 0 {
                self?.serve(connection, answers)
            }
            close(listener)
        }.start()
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve(_ connection: Int32, _ answers: [String: Answer]) {
        defer { close(connection) }
        var head: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: head, as: UTF8.self).contains("\r\n\r\n") {
            let count = recv(connection, &buffer, buffer.count, 0)
            if count <= 0 { return }
            head += buffer[..<count]
        }
        let path = String(decoding: head, as: UTF8.self).split(separator: " ").dropFirst().first.map(String.init) ?? ""
        let isFirst = asked.withLock { asked in
            defer { asked.append(path) }
            return !asked.contains(path)
        }
        guard let answer = answers[path] else { return }
        let lines = [
            "HTTP/1.1 200 OK", "Content-Type: \(answer.type)", "Content-Length: \(answer.body.count)",
            "Connection: close", "", "",
        ]
        let body = isFirst ? answer.body.prefix(answer.cutAfter ?? .max) : answer.body[...]
        let bytes = Array(lines.joined(separator: "\r\n").utf8) + body
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }
}

@Suite("Reading over a real connection")
struct LoopbackTests {
    private func plan(_ port: Int, _ parameters: [String: ParameterValue], columns: [String]) throws -> SourcePlan {
        try SourcePlan(
            entry: Fixture.entry(parameters, adapter: "http-xml", columns: columns),
            system: SourceSystem(name: "core-\(port)", title: "Core", base: "http://127.0.0.1:\(port)"),
            manifest: try Fixture.manifest("http-xml"), secrets: Secrets { _ in nil }, watermark: nil, snapshot: true)
    }

    @Test("pages of GBK arrive whole, though a connection was cut in the middle of one")
    func pages() async throws {
        let folder = Fixture.adapters.appendingPathComponent("http-xml/transcripts/gbk-pages")
        let first = Array(try Data(contentsOf: folder.appendingPathComponent("page-1.xml")))
        let second = Array(try Data(contentsOf: folder.appendingPathComponent("page-2.xml")))
        let department = Department([
            "/r?page=1&size=2": .init(body: first, cutAfter: first.count - 30), "/r?page=2&size=2": .init(body: second),
        ])
        let plan = try plan(
            department.port,
            [
                "path": .text("/r"), "records": .text("/response/data/row"), "paging": .text("page"),
                "total_path": .text("/response/head/total"), "page_size": .number(2),
            ], columns: ["@id", "XM"])
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))
        var names: [String] = []
        let summary = try await SourceReading().read(
            plan, from: Position(), send: { request throws(Fault) in try await transport.send(request) },
            emit: { batch, _ throws(Fault) in names += (0..<batch.count).compactMap { batch.string($0, 1) } })
        await transport.shutdown()
        #expect(names == ["张望城", "李&四", "王镕"])
        #expect(summary.promised == 3)
        #expect(department.requests.filter { $0.contains("page=2") }.count == 1)
        #expect(department.requests.filter { $0.contains("page=1") }.count == 2)
    }

    @Test("a large page is handed over in parts while it arrives")
    func largePage() async throws {
        let rows = (1...50_000).map { "<row><id>r\($0)</id><name>某某有限公司\($0)</name></row>" }.joined()
        let department = Department(["/all": .init(body: Array("<rows>\(rows)</rows>".utf8))])
        let plan = try plan(
            department.port, ["path": .text("/all"), "records": .text("/rows/row")], columns: ["id", "name"])
        let transport = Transport(policy: OutboundPolicy(allowsLoopback: true))
        var batches: [Int] = []
        var positions: [Int] = []
        let summary = try await SourceReading().read(
            plan, from: Position(), send: { request throws(Fault) in try await transport.send(request) },
            emit: { batch, position throws(Fault) in
                batches.append(batch.count)
                positions.append(position.record)
            })
        await transport.shutdown()
        #expect(summary.records == 50_000)
        #expect(batches.count > 3 && batches.allSatisfy { $0 < 30_000 })
        #expect(positions.last == 50_000)
    }
}
