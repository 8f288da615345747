import ArgumentParser
import Exchange
import Foundation
import Model
import SQLiteStore

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy everything into one file, while it is served and written to.",
        discussion: """
            The file is of one moment and is checked before it gets its name: under its name it is whole. It holds every \
            record, its history, the runs and the catalogue's versions, unmasked, and only its owner may read it. Secrets, \
            settings and the catalogue's folder are not in it.

            Example:
              huitong backup /backups/huitong-$(date +%F).sqlite
            """)

    @Argument(help: "The file to write.", completion: .file())
    var file: String

    @Flag(help: "Replace a file of this name, once the new one is whole.")
    var replace = false

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let directory = DataDirectory(path: try await options.settings().data)
        let summary = try StoreBackup(of: directory.database).write(
            to: URL(filePath: file).path, replacing: replace)
        output.print(summary) { BackupText.line("wrote", summary) }
    }
}

/// What a copy holds, for people.
enum BackupText {
    static func line(_ verb: String, _ summary: StoreSummary) -> String {
        let size = summary.bytes.formatted(.byteCount(style: .file).locale(Locale(identifier: "en_US")))
        let published = summary.lastPublished.map { ", last published \($0)" } ?? ""
        return
            "\(verb) \(summary.file): \(size), \(summary.collections) collections, \(summary.records) records\(published)"
    }
}
