import ArgumentParser
import District
import Foundation
import Model

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A district in a box: simulated departments, daemon, sample queries.",
        discussion: """
            Starts six departments' systems on loopback with invented records, an exchange that reads them, and asks it \
            a few things. It keeps running while the departments' data changes; Ctrl-C stops all of it. The folder is \
            made anew each time.

            Example:
              huitong demo
              huitong demo --port 9090 --once
            """)

    @Option(help: ArgumentHelp("The port that queries are answered on; 0 takes any free one.", valueName: "number"))
    var port = 8080

    @Option(help: ArgumentHelp("The first of the departments' six ports; 0 takes any free ones.", valueName: "number"))
    var districtPort = 18_101

    @Option(help: ArgumentHelp("Where the demo's exchange is made.", valueName: "dir"))
    var directory = "huitong-demo"

    @Flag(help: "End after the printed queries.")
    var once = false

    func run() async throws {
        let folder = try DemoFolder(path: directory)
        try await DemoDistrict.running(from: districtPort, outbox: folder.deliveries) { district, ports in
            try folder.write(ports: ports, port: port)
            try await district.deliver()
            let settings = try await Settings(path: folder.settings, isRequired: true, environment: [:])
            let logger = Logging.logger("huitong", settings: settings)
            let narrator = Narrator(settings: settings, folder: directory, endsItself: once)
            let service = Service(settings: settings, logger: logger, report: { narrator.show($0) })
            try await service.run(companions: [narrator]) { await narrator.isServed(on: $0) }
        }
        if once { folder.remove() }
        Console.line("The demo has ended.")
    }
}
