import ArgumentParser
import Exchange
import Foundation
import Logging
import Model

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "The exchange daemon: schedule and HTTP.",
        discussion: """
            Runs until SIGTERM or SIGINT; runs under way may end, or stop where they are to be taken up by the next \
            daemon. SIGHUP reads the catalogue again. Commands such as sync and run publish go through the daemon while \
            it runs.

            Example:
              huitong serve
              huitong serve --port 9090
            """)

    @Option(help: ArgumentHelp("The port to answer on, before what the settings say.", valueName: "number"))
    var port: Int?

    @Option(
        help: ArgumentHelp("The loopback address to answer on, before what the settings say.", valueName: "address"))
    var host: String?

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        var flags: [String: String] = [:]
        flags["http.port"] = port.map(String.init)
        flags["http.host"] = host
        let settings = try await options.settings(flags: flags)
        let logger = Logging.logger("huitong", settings: settings)
        do {
            try await Service(settings: settings, logger: logger).run { port in
                logger.info("answering on http://\(settings.host):\(port)", metadata: ["data": "\(settings.data)"])
            }
        } catch {
            // The last thing a daemon says is for whoever reads its log, too.
            guard isatty(STDERR_FILENO) == 0 else { throw error }
            logger.log(.critical, error)
            throw ExitCode(1)
        }
    }
}
