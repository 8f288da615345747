import Foundation

/// All measurements of queries on one machine in one run, told beside what the machine can do.
struct QueryCampaign {
    let records: Int
    let seconds: Int
    let connections: Int
    let only: String
    let folder: String
    let keeps: Bool

    func run() throws {
        guard let wrk = Program.find("wrk") else {
            return print("Queries are not measured: wrk is not installed (Debian: apt-get install wrk).\n")
        }
        let exchange = QueryExchange(records: records, folder: folder)
        say("loading \(records) records and as many places")
        if !keeps { exchange.remove() }
        try exchange.prepare()
        defer { if !keeps { exchange.remove() } }
        let pages = try exchange.serveAgain()
        defer { pages.stop() }
        let port = try Int(Listener.freePort())
        let server = try exchange.serve(port: port)
        defer { server.stop() }

        var rows: [QueryReport.Row] = []
        let load = Load(wrk: wrk, folder: folder, connections: connections, seconds: seconds)
        let sample = try QuerySample(base: "http://127.0.0.1:\(port)", records: records, folder: folder)
        for limit in try limits(beside: sample) {
            defer { limit.program.stop() }
            say(limit.name)
            // With the same paths by chance as the others: what makes them takes time, too.
            let figures = try load.ask(
                "http://127.0.0.1:\(limit.port)", next: Load.line(of: sample.ids, before: "\(limit.path)?"))
            rows.append(QueryReport.Row(name: limit.name, figures: figures))
        }
        let bench = QueryBench(exchange: exchange, server: server, sample: sample, load: load)
        for trial in QueryTrial.all where only.isEmpty || trial.name.contains(only) {
            say(trial.name)
            rows.append(try bench.measure(trial))
        }
        print(QueryReport(rows: rows).text)
    }

    private struct Limit {
        let name: String
        let port: Int
        let path: String
        let program: Program
    }

    /// What serves a record's bytes at the least cost.
    private func limits(beside sample: QuerySample) throws -> [Limit] {
        let file = "\(folder)/record.json"
        try Data(sample.record).write(to: URL(filePath: file))
        let hello = try Int(Listener.freePort())
        var limits = [
            Limit(
                name: QueryTrial.hello, port: hello, path: "/record.json",
                program: try Program(Program.own, ["hello", file, "--port", "\(hello)"], in: folder))
        ]
        if let nginx = Program.find("nginx") {
            let port = try Int(Listener.freePort())
            limits.insert(
                Limit(
                    name: QueryTrial.nginx, port: port, path: "/record.json",
                    program: try NginxServer.start(nginx, folder: folder, port: port)), at: 0)
        } else {
            say("nginx is not installed (Debian: apt-get install nginx-light): its row is left out")
        }
        for limit in limits { try waitFor("http://127.0.0.1:\(limit.port)/record.json") }
        return limits
    }

    private func waitFor(_ url: String) throws {
        for _ in 0..<100 {
            if let answer = try? Download(url), !answer.body.isEmpty { return }
            usleep(50_000)
        }
        throw Failure("\(url) is not answered")
    }
}
