import District
import Foundation

/// Two editions of a register as pages, and a page server in a process of its own that serves one of them.
final class EditionServer {
    /// Where the pages are.
    let url: String
    private let child: Child
    private let folder: String
    private let conversation: Conversation

    /// Writes the pages and serves the first edition.
    ///
    /// - Parameter isValidating: whether it answers `304` to who has the edition, and nothing to who asks for changes.
    init(
        records: Int, pageSize: Int = 1000, changed: Double = 0.01, isValidating: Bool = false, in folder: String
    ) throws {
        self.folder = folder
        try? FileManager.default.removeItem(atPath: folder)
        var folders: [String] = []
        for edition in EntityGenerator.Edition.allCases {
            let place = "\(folder)/\(edition.rawValue)"
            try Child([
                "generate", "\(records)", "json", edition.rawValue, place, "--page-size", "\(pageSize)", "--changed",
                "\(changed)",
            ]).wait()
            folders.append(place)
        }
        child = try Child(["serve", "json"] + folders + (isValidating ? ["--validating"] : []))
        url = child.firstLine()
        conversation = try Conversation(base: String(url.dropLast("/page".count)))
    }

    func turn(to edition: Int) throws { _ = try conversation.get("/edition/\(edition)") }

    /// Ends the server, and takes the pages away.
    func stop() {
        child.stop()
        _ = try? child.wait()
        try? FileManager.default.removeItem(atPath: folder)
    }
}
