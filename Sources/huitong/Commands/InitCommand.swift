import ArgumentParser
import Foundation
import Model

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a small working exchange: settings, catalogue, one example.",
        discussion: """
            The folder gets huitong.yaml, a catalogue with one department and one entry, and the file it reads. \
            Nothing that is there is overwritten.

            Example:
              huitong init exchange
              cd exchange && huitong sync --all && huitong query street
            """)

    @Argument(help: "The folder to make.")
    var directory: String

    func run() async throws {
        let folder = URL(filePath: directory).absoluteURL.standardizedFileURL
        let path = folder.path.hasSuffix("/") ? String(folder.path.dropLast()) : folder.path
        let files = Starter.files(in: path)
        for file in files {
            let target = folder.appending(path: file.path)
            guard !FileManager.default.fileExists(atPath: target.path) else {
                throw Fault(
                    .badSettings, "\(target.path) is there already, and is not overwritten",
                    advice: "Choose another folder, or remove the file.", context: ["file": target.path])
            }
        }
        do {
            for file in files {
                let target = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
                try file.text.write(to: target, atomically: true, encoding: .utf8)
                Console.line("wrote \(directory)/\(file.path)")
            }
            try FileManager.default.createDirectory(
                at: folder.appending(path: "secrets"), withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw Fault(
                .badSettings, "\(directory) cannot be written: \(error.localizedDescription)",
                advice: "Choose a folder that you may write to.", context: ["file": directory])
        }
        Console.line(
            """

            Next:
              cd \(directory)
              huitong check              look at the catalogue's files
              huitong sync --all         fetch, check and publish
              huitong query street       ask what came of it
              huitong serve              run the schedule, answer over HTTP
            """)
    }
}
