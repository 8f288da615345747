import Foundation
import Model

/// The one folder whose executables may be run.
struct ProgramFolder {
    private let folder: URL?

    init(_ folder: URL?) { self.folder = folder }

    /// The executable of a name.
    ///
    /// - Throws: `source.address-forbidden` without a folder, for a name that is a path, and for what lies outside;
    ///   `source.not-found` for what is not there or no executable.
    func executable(_ name: String) throws(Fault) -> URL {
        guard let folder else {
            throw Fault(
                .sourceForbidden, "no program may be run: the settings name no folder of programs",
                advice: "Put the program, and nothing else, into a folder, and name that folder: programs: DIR",
                context: ["program": name])
        }
        let isPlain = !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0")
        guard isPlain else {
            throw Fault(
                .sourceForbidden, "'\(Verdict.plain(name, 60))' is no name of a program",
                advice: "Write the name alone; the program is looked for in \(folder.path).")
        }
        let root = folder.resolvingSymlinksInPath().path
        let file = folder.appending(path: name)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder), !isFolder.boolValue,
            FileManager.default.isExecutableFile(atPath: file.path)
        else {
            throw Fault(
                .sourceNotFound, "there is no executable '\(name)' in \(folder.path)",
                advice: "Put it there, and make it executable (chmod +x).", context: ["program": name])
        }
        let real = file.resolvingSymlinksInPath()
        guard real.path.hasPrefix(root + "/") else {
            throw Fault(
                .sourceForbidden, "the program '\(name)' leads out of \(folder.path)",
                advice: "Put the program itself there, or a script that starts it: exec /path/of/it \"$@\"",
                context: ["program": name])
        }
        return real
    }
}
