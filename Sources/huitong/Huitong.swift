import ArgumentParser
import Exchange
import Foundation
import Model

/// The command: settings and wiring, nothing else.
struct Huitong: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "huitong",
        abstract:
            "Fetch XML and JSON from many organisations' systems on schedule, check every record, serve one queryable database.",
        discussion: """
            Try it:            huitong demo
            Start your own:    huitong init exchange && cd exchange && huitong sync --all && huitong serve
            """,
        version: Operations.version,
        subcommands: [
            InitCommand.self, CheckCommand.self, PreviewCommand.self, SyncCommand.self, ServeCommand.self,
            StatusCommand.self, RunCommand.self, QuarantineCommand.self, QueryCommand.self, CatalogCommand.self,
            AdapterCommand.self, BackupCommand.self, RestoreCommand.self, DoctorCommand.self, DemoCommand.self,
        ])
}

@main
enum Main {
    /// Faults are printed here and nowhere else: once, with their advice and code.
    static func main() async {
        // A reader that went away is an error of the write, not the end of a daemon.
        signal(SIGPIPE, SIG_IGN)
        // Memory holds records and secrets: none of it is to lie in a file after a crash.
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        do {
            var command = try Huitong.parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let fault as Fault {
            Console.progress("")
            Console.fault(fault)
            exit(1)
        } catch {
            Huitong.exit(withError: error)
        }
    }
}
