import ArgumentParser
import Foundation
import Model

/// Which exchange a command is about.
struct SettingsOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var config = "huitong.yaml"

    @Option(help: ArgumentHelp("The data directory, before what the settings say.", valueName: "dir"))
    var data: String?

    /// Reads the settings; without a file, what a command can do without an exchange is done with the standards.
    func settings(isRequired: Bool = true, flags more: [String: String] = [:]) async throws(Fault) -> Settings {
        var flags = more
        if let data { flags["data"] = URL(filePath: data).absoluteURL.path }
        let hasData = data != nil || ProcessInfo.processInfo.environment["HUITONG_DATA"] != nil
        return try await Settings(
            path: config, isRequired: config != "huitong.yaml" || isRequired && !hasData, flags: flags)
    }
}
