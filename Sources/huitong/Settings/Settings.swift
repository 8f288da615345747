import Configuration
import Foundation
import Logging
import Model
import Transport

/// What an exchange is set to: flags before environment before file before the table's standards.
struct Settings: Sendable {
    let data: String
    let catalog: URL
    /// Folders of adapters; of two of one name, that of the first folder counts.
    let adapters: [URL]
    let registersFolder: Bool
    let host: String
    let port: Int
    let publicBase: String?
    let connections: Int
    let requests: Int
    let querySeconds: Double
    let concurrency: Int
    let grace: Double
    /// Bytes that must be free where the data is.
    let lowMark: Int64
    let outbound: OutboundPolicy
    let secrets: URL?
    let programs: URL?
    let notify: String?
    let logLevel: Logger.Level
    let logFormat: Logging.Format
    /// The file they were read from; nil where there is none.
    let file: String?

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - path: the settings file; relative paths in it start at its folder.
    ///   - isRequired: whether it is an error that the file is not there.
    ///   - flags: what the command line says, by key.
    init(
        path: String, isRequired: Bool, flags: [String: String] = [:],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws(Fault) {
        let exists = FileManager.default.fileExists(atPath: path)
        guard exists || !isRequired else {
            throw Fault(
                .badSettings, "there is no settings file \(path)",
                advice: "Make an exchange with huitong init DIR, or name its file with --config.",
                context: ["file": path])
        }
        let reader = try await Settings.reader(path: exists ? path : nil, flags: flags, environment: environment)
        let values = SettingValues(
            folder: URL(filePath: path).absoluteURL.deletingLastPathComponent()
        ) { reader.string(forKey: ConfigKey($0)) }
        file = exists ? path : nil
        data = values.path("data")?.path ?? "huitong-data"
        catalog = values.path("catalog") ?? values.folder.appending(path: "Catalog")
        adapters = StandardFolder.adapters(
            own: values.path("adapters") ?? values.folder.appending(path: "Adapters"))
        registersFolder = try values.flag("register")
        host = values.text("http.host")
        port = try values.number("http.port", 0...65_535)
        publicBase = values.optional("http.public_base")
        connections = try values.number("http.connections", 16...65_536)
        requests = try values.number("http.requests", 1...65_536)
        querySeconds = Double(try values.number("http.query_seconds", 1...3600))
        concurrency = try values.number("runs.concurrency", 1...64)
        grace = Double(try values.number("runs.grace", 0...3600))
        lowMark = Int64(try values.number("disk.low_mark", 0...1_048_576)) << 20
        outbound = OutboundPolicy(
            fileFolder: values.path("outbound.file_root")?.path,
            allowsLoopback: try values.flag("outbound.allow_loopback"),
            allowsPrivate: try values.flag("outbound.allow_private"))
        secrets = values.path("secrets")
        programs = values.path("programs")
        notify = values.optional("notify")
        logLevel = try values.choice("log.level")
        logFormat = try values.choice("log.format")
    }

    private static func reader(
        path: String?, flags: [String: String], environment: [String: String]
    ) async throws(Fault) -> ConfigReader {
        let given = InMemoryProvider(
            name: "flags",
            values: Dictionary(
                uniqueKeysWithValues: flags.map {
                    (AbsoluteConfigKey(ConfigKey($0)), ConfigValue(.string($1), isSecret: false))
                }))
        var providers: [any ConfigProvider] = [
            given, EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "huitong"),
        ]
        if let path {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Fault(
                    .badSettings, "the settings file \(path) cannot be read",
                    advice: "Give the user who runs huitong the right to read it.", context: ["file": path])
            }
            guard try SettingsFile.check(text, path: path) else { return ConfigReader(providers: providers) }
            let place = InMemoryProvider(values: ["filePath": ConfigValue(.string(path), isSecret: false)])
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(config: ConfigReader(provider: place)))
            } catch {
                throw Fault(
                    .badSettings, "the settings file \(path) cannot be read: \(error)",
                    advice: "Correct the file; huitong init DIR writes one that works.", context: ["file": path])
            }
        }
        return ConfigReader(providers: providers)
    }
}
