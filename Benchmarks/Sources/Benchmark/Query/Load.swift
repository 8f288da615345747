import Foundation

/// Callers that ask as fast as they are answered (`wrk`), and what they saw.
struct Load {
    let wrk: String
    let folder: String
    var connections: Int
    var seconds: Int

    struct Figures: Sendable {
        let requests: Int
        let seconds: Double
        let bytes: Int
        /// Milliseconds.
        let median: Double
        let ninetyNinth: Double

        var requestsPerSecond: Double { Double(requests) / seconds }
        var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }
    }

    /// Asks for addresses of a server.
    ///
    /// - Parameter next: the body of a Lua function that returns the next path.
    /// - Throws: where an answer was not 200.
    func ask(_ base: String, next: String) throws -> Figures {
        let script = """
            local number = 0
            function setup(thread) thread:set("number", number); number = number + 1 end
            function init(arguments) math.randomseed(32100 + number) end
            \(next)
            request = function() return wrk.format("GET", path()) end
            done = function(summary, latency, requests)
                local errors = summary.errors
                io.write(string.format("FIGURES %d %d %d %d %d %d\\n", summary.requests, summary.duration,
                    summary.bytes, latency:percentile(50), latency:percentile(99),
                    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
            end
            """
        let file = "\(folder)/load.lua"
        try Data(script.utf8).write(to: URL(filePath: file))
        let threads = min(2, connections)
        let output = try Program(
            wrk, ["-t\(threads)", "-c\(connections)", "-d\(seconds)s", "--timeout", "30s", "-s", file, base], in: folder
        ).outcome()
        guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix("FIGURES ") }) else {
            throw Failure("wrk printed no figures: \(output)")
        }
        let numbers = line.split(separator: " ").compactMap { Int($0) }
        guard numbers.count == 6, numbers[0] > 0 else { throw Failure("wrk was not answered: \(output)") }
        guard numbers[5] == 0 else { throw Failure("\(numbers[5]) of \(numbers[0]) requests failed: \(output)") }
        return Figures(
            requests: numbers[0], seconds: Double(numbers[1]) / 1e6, bytes: numbers[2],
            median: Double(numbers[3]) / 1e3, ninetyNinth: Double(numbers[4]) / 1e3)
    }

    /// The same path again and again.
    static func always(_ path: String) -> String { "function path() return \"\(path)\" end" }

    /// A line of a file by chance, in a path.
    static func line(of file: String, before: String, after: String = "") -> String {
        """
        local lines = {}
        for line in io.lines("\(file)") do lines[#lines + 1] = line end
        function path() return "\(before)" .. lines[math.random(#lines)] .. "\(after)" end
        """
    }
}
