import ArgumentParser
import Exchange
import Foundation
import Model
import SQLiteStore

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup in the place of what is there.",
        discussion: """
            No daemon may run on the data directory. The backup is copied and checked first; then it takes the place of \
            the store at once, and what was there is kept beside it under another name. The change feed begins a new \
            epoch: consumers are told to read anew. The next run of every entry brings what has changed since the backup.

            Example:
              huitong restore /backups/huitong-2026-11-26.sqlite
            """)

    @Argument(help: "A file that huitong backup wrote.", completion: .file())
    var file: String

    @OptionGroup var options: SettingsOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let directory = DataDirectory(path: try await options.settings().data)
        try directory.create()
        let lock = try DirectoryLock(directory)
        let summary = try StoreRestore(to: directory.database).restore(URL(filePath: file).path)
        withExtendedLifetime(lock) {}
        output.print(summary) {
            BackupText.line("restored", summary)
                + (summary.replaced.map { "\nwhat was there is kept in \($0); remove it when nobody needs it" } ?? "")
        }
    }
}
