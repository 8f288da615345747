import Foundation

/// The texts of a catalogue's folder, read and not yet understood.
struct CatalogFiles: Sendable {
    struct File: Sendable {
        /// As diagnostics name it.
        var path: String
        var text: String

        /// The last part of the path, without its ending.
        var stem: String {
            let name = path.split(separator: "/").last ?? ""
            return String(name.prefix(upTo: name.lastIndex(of: ".") ?? name.endIndex))
        }

        /// The name of the folder it is in.
        var folderName: Substring { path.split(separator: "/").dropLast().last ?? "" }
    }

    var departments: File?
    var entries: [File] = []
    var subjects: [File] = []
    var lists: [File] = []
    var manifests: [File] = []
    /// Files that are there and cannot be read.
    var diagnostics: [Diagnostic] = []

    init() {}

    /// Reads the folders; what is not there is read as empty, except `departments.yaml`.
    ///
    /// - Parameter adapters: of two adapters of one name, that of the folder named first counts.
    init(catalog: URL, adapters: [URL]) {
        let departments = catalog.appendingPathComponent("departments.yaml")
        self.departments = file(departments)
        entries = files(in: catalog.appendingPathComponent("entries"), ending: "yaml")
        subjects = files(in: catalog.appendingPathComponent("subjects"), ending: "yaml")
        lists = files(in: catalog.appendingPathComponent("codelists"), ending: "csv")
        for folder in adapters {
            let found = files(in: folder, ending: "yaml").filter { $0.path.hasSuffix("/adapter.yaml") }
            let taken = Set(manifests.map(\.folderName))
            manifests += found.filter { !taken.contains($0.folderName) }
        }
    }

    private mutating func files(in folder: URL, ending: String) -> [File] {
        // Enumerating does not follow a link that the folder itself may be.
        let place = folder.resolvingSymlinksInPath().path
        guard let names = FileManager.default.enumerator(atPath: place) else { return [] }
        let paths = names.compactMap { $0 as? String }.filter { $0.hasSuffix("." + ending) && !$0.contains("/.") }
        return paths.filter { !$0.hasPrefix(".") }.sorted().compactMap { file(folder.appendingPathComponent($0)) }
    }

    private mutating func file(_ url: URL) -> File? {
        let path = url.relativePath
        guard let data = try? Data(contentsOf: url) else {
            report(path, "the file is not there, or may not be read", "Create it, or mend its permissions.")
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            report(path, "the file is not UTF-8", "Save it as UTF-8.")
            return nil
        }
        return File(path: path, text: text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text)
    }

    private mutating func report(_ path: String, _ message: String, _ advice: String) {
        diagnostics.append(
            Diagnostic(file: path, place: .start, rule: .unreadable, message: message, advice: advice))
    }
}

extension Diagnostic.Rule {
    /// The file can be read at all.
    static let unreadable: Self = "unreadable"
}
