import Foundation

/// Finds the folders that huitong comes with: the standard adapters, and the catalogue of the demo.
enum StandardFolder {
    /// Adapters beside the settings, else those that huitong came with.
    static func adapters(beside folder: URL) -> URL {
        let own = folder.appending(path: "Adapters")
        return isFolder(own) ? own : shipped("Adapters") ?? own
    }

    /// A folder of the checkout that the executable was built in, or of `share/huitong` of where it was installed.
    static func shipped(_ name: String) -> URL? {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return nil }
        var folder = program.deletingLastPathComponent()
        let installed = folder.deletingLastPathComponent().appending(path: "share/huitong/\(name)")
        if isFolder(installed) { return installed }
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let isCheckout = FileManager.default.fileExists(atPath: folder.appending(path: "Package.swift").path)
            if isCheckout, isFolder(folder.appending(path: name)) { return folder.appending(path: name) }
        }
        return nil
    }

    private static func isFolder(_ url: URL) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
