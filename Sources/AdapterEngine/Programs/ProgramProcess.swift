import Foundation
import Model
import Subprocess
import Synchronization

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// One process of a program, in a session of its own: what it leaves behind is killed with it.
struct ProgramProcess {
    let executable: URL
    let scratch: URL
    let order: ProgramOrder
    let log: ProgramLog.Place?

    private typealias Running = Execution<FileDescriptorInput, SequenceOutput, SequenceOutput>

    /// Runs it to its end, or until `receive` has enough.
    ///
    /// Standard output waits while `receive` works; standard error is read all the while.
    func run(_ receive: ProgramHost.Receiver) async throws(Fault) -> ProgramEnd {
        var failure: Fault?
        let lifeline = try Lifeline()
        defer { withExtendedLifetime(lifeline) {} }
        do {
            let outcome = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(lifeline.readingEnd, closeAfterSpawningProcess: true), output: .sequence,
                error: .sequence
            ) { running in
                do {
                    return try await watch(running, receive)
                } catch let fault as Fault {
                    failure = fault
                    throw fault
                }
            }
            var end = outcome.closureResult
            if end.exit != .stopped { end.exit = Self.exit(outcome.terminationStatus) }
            return end
        } catch {
            if let failure { throw failure }
            if Task.isCancelled { throw Self.cancelled }
            throw Fault(
                .sourceFailed, "the program '\(order.command)' cannot be started",
                advice: "Start it by hand as the user who runs huitong.")
        }
    }

    /// `ulimit` sets what is inherited by all that the program starts: address space, and no core dumps, which would hold
    /// secrets.
    private var configuration: Configuration {
        let script = """
            ulimit -c 0 && ulimit -v "$1" && shift || exit 126
            \(Lifeline.watch)
            exec "$@"
            """
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(10))
        ]
        return Configuration(
            executable: .path("/bin/sh"),
            arguments: Arguments(
                ["-c", script, "sh", String(order.memoryLimit * 1024), executable.path] + order.arguments),
            environment: .custom([
                "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": scratch.path, "TMPDIR": scratch.path,
                "LANG": "C.UTF-8",
            ]),
            workingDirectory: FilePath(scratch.path), platformOptions: options)
    }

    private nonisolated(nonsending) func watch(_ running: Running, _ receive: ProgramHost.Receiver) async throws
        -> ProgramEnd
    {
        let isLate = Atomic(false)
        async let lines = read(running)
        async let _: Void = ring(at: order.deadline) {
            isLate.store(true, ordering: .relaxed)
            Self.kill(running)
        }
        do {
            var end = ProgramEnd(exit: .code(0), log: log?.file.path)
            for try await buffer in running.standardOutput {
                let chunk = buffer.withUnsafeBytes { Array($0) }
                guard try await receive(chunk) else {
                    end.exit = .stopped
                    break
                }
            }
            if end.exit == .stopped { Self.kill(running) }
            while !Self.hasEnded(running), !Task.isCancelled { try await Task.sleep(for: .milliseconds(5)) }
            if Task.isCancelled { throw Self.cancelled }
            // What it started and left behind holds its standard error open.
            Self.kill(running)
            end.lastLines = await lines
            if isLate.load(ordering: .relaxed), end.exit != .stopped { throw late(end) }
            return end
        } catch {
            Self.kill(running)
            throw error
        }
    }

    private func read(_ running: Running) async -> [String] {
        var log = ProgramLog(log, secrets: order.secrets)
        do {
            for try await buffer in running.standardError { buffer.withUnsafeBytes { log.append($0) } }
        } catch {
            // What was read of it is what there is.
        }
        log.finish()
        return log.lastLines
    }

    private func ring(at deadline: ContinuousClock.Instant, _ action: @Sendable () -> Void) async {
        do {
            try await Task.sleep(until: deadline, clock: .continuous)
            action()
        } catch {
            // It ended in time.
        }
    }

    private func late(_ end: ProgramEnd) -> Fault {
        Fault(
            .sourceTimeout, "the program '\(order.command)' did not end within \(order.timeLimit.components.seconds) s",
            advice: "Raise time_limit, or ask for less.", context: ["program": order.command])
    }

    private static let cancelled = Fault(.runCancelled, "the run was stopped")

    /// Kills all of its session's first group; the process is not reaped yet, so that its number is still its own.
    private static func kill(_ running: Running) { try? running.send(signal: .kill, toProcessGroup: true) }

    /// Whether the process has ended, without reaping it.
    private static func hasEnded(_ running: Running) -> Bool {
        var information = siginfo_t()
        let result = waitid(
            P_PID, id_t(running.processIdentifier.value), &information, WEXITED | WNOHANG | WNOWAIT)
        // A process that cannot be asked about has ended; one that runs is none of those that were found.
        return result != 0 || information.si_signo == SIGCHLD
    }

    private static func exit(_ status: TerminationStatus) -> ProgramEnd.Exit {
        switch status {
        case .exited(let code): .code(Int(code))
        case .signaled(let signal): .signal(Int(signal))
        }
    }
}
