import Foundation
import Model

/// A program's working folder: for its owner only, and gone when the program is.
struct ProgramScratch {
    let folder: URL

    /// Makes the folder and the files in it, after those that a killed process left are removed.
    ///
    /// - Throws: `store.read-only` where it cannot be made.
    init(below parent: URL, files: [String: String]) throws(Fault) {
        Self.removeLeftovers(below: parent)
        folder = parent.appending(path: "\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.readOnly(folder)
        }
        for (name, text) in files {
            let file = folder.appending(path: name)
            guard
                FileManager.default.createFile(
                    atPath: file.path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            else {
                remove()
                throw Self.readOnly(file)
            }
        }
    }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Folders begin with the number of the process that made them.
    private static func removeLeftovers(below parent: URL) {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: parent.path)) ?? []
        for name in found {
            guard let process = name.split(separator: "-").first.flatMap({ Int32($0) }), process > 0,
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(at: parent.appending(path: name))
        }
    }

    private static func readOnly(_ place: URL) -> Fault {
        Fault(
            .storeReadOnly, "\(place.path) cannot be written",
            advice: "Give the user who runs huitong the right to write below the data directory.",
            context: ["file": place.path])
    }
}
