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
        let port = try Int(Listener.freePort())
        // In its folder, where its settings are.
        let script = "cd \"$0\" && exec \"$1\" serve --port \(port)"
        let server = try Child(program: "sh", ["-c", script, own, Program.huitong], log: "\(own)/serve.log")
        return try serving(server, port) { base in
            try asked(questions, base, QueryPeer.exchangePath(question))
        }
    }

    private func measure(
        _ peer: QueryPeer, _ questions: Questions, _ held: [String]
    ) throws -> QueryPeersReport.Served {
        let port = try Int(Listener.freePort())
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
        _ questions: Questions, _ base: String, _ path: String
    ) throws -> (Load.Figures, [String]) {
        guard let wrk = Program.find("wrk") else { throw Failure("wrk is not installed") }
        let subjects = "\(folder)/subjects.txt"
        try Data(questions.subjects.joined(separator: "\n").utf8).write(to: URL(filePath: subjects))
        try wait(base, for: path.replacing("*", with: questions.subjects[0]))
        let held = try questions.ask(base, path)
        let parts = path.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        let figures = try Load(wrk: wrk, folder: folder, connections: 8, seconds: seconds).ask(
            base, next: Load.line(of: subjects, before: parts[0], after: parts[1]))
        return (figures, held)
    }

    private func wait(_ base: String, for path: String) throws {
        let conversation = try Conversation(base: base)
        let end = Date.now + 60
        while (try? conversation.get(path).status) != 200 {
            guard Date.now < end else { throw Failure("no answer within a minute: \(path)") }
            Thread.sleep(forTimeInterval: 0.1)
        }
    }

    /// Ends the server, whatever became of the questions, and adds what it used.
    private func serving(
        _ server: Child, _ port: Int, _ body: (String) throws -> (Load.Figures, [String])
    ) throws -> (QueryPeersReport.Served, held: [String]) {
        let result = Result { try body("http://127.0.0.1:\(port)") }
        server.stop()
        let remains = try server.wait()
        let (load, held) = try result.get()
        return (QueryPeersReport.Served(load: load, peakMemory: remains.peakMemory), held)
    }
}
