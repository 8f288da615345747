import District
import Foundation

/// The exchange and programs that serve tables, asked the same questions over what ingest left in their folders.
struct QueryPeersCampaign {
    let register: PeersRegister
    let question: QueryPeer.Question
    let seconds: Int
    let only: String

    private var folder: String { register.contenders }

    func run(_ report: inout QueryPeersReport) throws {
        var present: [(QueryPeer, version: String)] = []
        for peer in QueryPeer.all where peer.question == question && (only.isEmpty || peer.name.contains(only)) {
            do {
                present.append((peer, try peer.script.version()))
            } catch {
                report.skipped.append("\(peer.name): \(error)")
            }
        }
        guard !present.isEmpty else { return }
        do {
            try compare(present, &report)
        } catch {
            report.skipped.append("\(present.map(\.0.name).joined(separator: ", ")): \(error)")
        }
    }

    private func compare(_ peers: [(QueryPeer, version: String)], _ report: inout QueryPeersReport) throws {
        let questions = try Questions(question, register)
        let (ours, held) = try measureExchange(questions)
        report.add(ours, to: question)
        for (peer, version) in peers {
            say("\(peer.name), \(seconds) s")
            do {
                let served = try measure(peer, questions, held)
                report.add(served, of: peer, version: version, beside: ours)
            } catch {
                report.skipped.append("\(peer.name): \(error)")
            }
        }
    }

    private func measureExchange(_ questions: Questions) throws -> (QueryPeersReport.Served, held: [String]) {
        let exchange = Exchange(hasIndexes: false, hasPlaces: question == .box)
        let own = "\(folder)/\(exchange.contender)-json"
        guard FileManager.default.fileExists(atPath: own) else { throw Failure("\(own) holds no exchange to ask") }
        say("\(exchange.contender), \(seconds) s")
        let port = try freePort()
        // In its folder, where its settings are.
        let script = "cd \"$0\" && exec \"$1\" serve --port \(port)"
        let server = try Child(program: "sh", ["-c", script, own, Exchange.program], log: "\(own)/serve.log")
        return try serving(server, port) { base in
            try asked(questions, base) { QueryPeer.exchangePath(question, $0) }
        }
    }

    private func measure(
        _ peer: QueryPeer, _ questions: Questions, _ held: [String]
    ) throws -> QueryPeersReport.Served {
        let port = try freePort()
        let server = try peer.script.start([holding(of: peer), "\(port)"], below: folder)
        let (served, found) = try serving(server, port) { base in try asked(questions, base, peer.path) }
        guard found == held else { throw Failure("answers \(found), not \(held) as the exchange does") }
        return served
    }

    private func holding(of peer: QueryPeer) throws -> String {
        switch peer.serves {
        case .lines: return try register.file(.lines, .second)
        case .database(let owner, let name):
            let path = "\(folder)/\(owner)/\(name)"
            guard FileManager.default.fileExists(atPath: path) else { throw Failure("\(owner) left no \(path)") }
            return path
        }
    }

    private func asked(
        _ questions: Questions, _ base: String, _ path: (String) -> String
    ) throws -> (Load, [String]) {
        _ = try Answer.awaited(base + path(questions.subjects[0]), seconds: 60)
        let held = try questions.ask(base, path)
        let paths = questions.subjects.map(path)
        return (try Load(on: base, paths: paths, seconds: seconds, folder: folder), held)
    }

    /// Ends the server, whatever became of the questions, and adds what it used.
    private func serving(
        _ server: Child, _ port: UInt16, _ body: (String) throws -> (Load, [String])
    ) throws -> (QueryPeersReport.Served, held: [String]) {
        let result = Result { try body("http://127.0.0.1:\(port)") }
        server.stop()
        let remains = try server.wait()
        let (load, held) = try result.get()
        return (QueryPeersReport.Served(load: load, peakMemory: remains.peakMemory), held)
    }
}

/// A port that was free a moment ago.
private func freePort() throws -> UInt16 {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let found = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(listener, address, length) == 0 && getsockname(listener, address, &length) == 0
        }
    }
    guard found else { throw Failure("no port is free: errno \(errno)") }
    return UInt16(bigEndian: address.sin_port)
}
