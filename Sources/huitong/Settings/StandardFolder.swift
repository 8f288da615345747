import Foundation

/// Finds the folders that huitong comes with: the standard adapters, and the catalogue of the demo.
enum StandardFolder {
    /// The folder of one's own adapters, and after it that of those huitong came with.
    static func adapters(own: URL) -> [URL] {
        guard let shipped = shipped("Adapters"), shipped.standardized.path != own.standardized.path else {
            return [own]
        }
        return [own, shipped]
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
