import Foundation
import Model
import Transport

/// Tells whoever the settings name that a run was held or failed: a command gets it on standard input, a URL as a `POST`.
public struct Notifier: Sendable {
    public enum Hook: Sendable, Equatable {
        case command(String)
        case url(String)

        /// A text with a scheme of the web is a URL, every other a command.
        public init(_ text: String) {
            self = text.hasPrefix("https://") || text.hasPrefix("http://") ? .url(text) : .command(text)
        }
    }

    /// What is told, as JSON.
    struct Notice: Encodable {
        let event: String
        let run: Run
    }

    /// Seconds that a command may take.
    static let patience: Double = 30

    private let hook: Hook
    private let send: @Sendable (Request) async throws(Fault) -> Response

    public init(_ hook: Hook, send: @escaping @Sendable (Request) async throws(Fault) -> Response) {
        self.hook = hook
        self.send = send
    }

    /// Tells of a run, where it is one to tell of.
    public func tell(_ run: Run) async throws(Fault) {
        guard run.state == .held || run.state == .failed else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let notice = Notice(event: "run.\(run.state.rawValue)", run: run)
        let body = try await faults { try encoder.encode(notice) }
        switch hook {
        case .command(let command): try await start(command, input: body)
        case .url(let url):
            let request = Request(
                method: "POST", url: url, headers: [("content-type", "application/json")], body: Array(body),
                limits: TransferLimits(totalSeconds: Notifier.patience), retry: RetryPolicy(attempts: 3),
                isIdempotent: true)
            _ = try await send(request)
        }
    }

    private func start(_ command: String, input: Data) async throws(Fault) {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        // What it is told is all that it is to know: the daemon's secrets are not among it.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("HUITONG_SECRET_") }
        let pipe = Pipe()
        process.standardInput = pipe
        let status: Int32? = await withCheckedContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                return continuation.resume(returning: nil)
            }
            // A command that does not read must not stop us: what fits into the pipe is more than a run's report.
            try? pipe.fileHandleForWriting.write(contentsOf: input)
            try? pipe.fileHandleForWriting.close()
            Task.detached {
                try? await Task.sleep(for: .seconds(Notifier.patience))
                if process.isRunning { process.terminate() }
            }
        }
        guard status == 0 else {
            throw Fault(
                .badSettings,
                status.map { "the notification command ended with status \($0)" }
                    ?? "the notification command could not be started",
                advice: "Try it by hand, with a line of JSON on its standard input.")
        }
    }
}
