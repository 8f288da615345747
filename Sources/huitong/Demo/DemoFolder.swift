import District
import Foundation
import Model

/// The demo's exchange as files: settings, secrets, and a copy of the catalogue that huitong came with.
struct DemoFolder: Sendable {
    private let folder: URL
    private let catalog: URL
    private let adapters: URL

    /// Where the police deliver residents.
    var deliveries: URL { folder.appending(path: "deliveries/police-population") }
    var settings: String { folder.appending(path: "huitong.yaml").path }
    /// Says that the folder is the demo's own to remove.
    private var mark: URL { folder.appending(path: ".huitong-demo") }

    /// - Throws: `settings.invalid` where the folder is somebody else's, or the catalogue is not found.
    init(path: String) throws(Fault) {
        folder = URL(filePath: path).absoluteURL
        guard let catalog = StandardFolder.shipped("Catalog"), let adapters = StandardFolder.shipped("Adapters") else {
            throw Fault(
                .badSettings, "the catalogue that huitong came with is not found",
                advice: "Run the demo from a build of the source, or install share/huitong beside the program.")
        }
        self.catalog = catalog
        self.adapters = adapters
        let files = FileManager.default
        guard files.fileExists(atPath: folder.path), !files.fileExists(atPath: mark.path) else { return }
        throw Fault(
            .badSettings, "\(path) is there already and is not the demo's",
            advice: "Choose another folder: huitong demo --directory DIR")
    }

    /// Makes the folder anew.
    func write(ports: District.Ports, port: Int) throws(Fault) {
        let files = FileManager.default
        do {
            if files.fileExists(atPath: folder.path) { try files.removeItem(at: folder) }
            let secrets = folder.appending(path: "secrets")
            try files.createDirectory(
                at: secrets, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try Data().write(to: mark)
            for (name, secret) in District.secrets {
                let file = secrets.appending(path: name)
                try secret.write(to: file, atomically: true, encoding: .utf8)
                try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            }
            try settingsText(port).write(toFile: settings, atomically: true, encoding: .utf8)
            let copy = folder.appending(path: "Catalog")
            try files.copyItem(at: catalog, to: copy)
            try rebase(copy.appending(path: "departments.yaml"), ports)
        } catch {
            throw Fault(
                .badSettings, "\(folder.path) cannot be written: \(error.localizedDescription)",
                advice: "Choose another folder: huitong demo --directory DIR", context: ["file": folder.path])
        }
    }

    func remove() {
        guard FileManager.default.fileExists(atPath: mark.path) else { return }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes the ports that the departments listen on in place of the usual ones.
    private func rebase(_ file: URL, _ ports: District.Ports) throws {
        let usual = District.Ports()
        var text = try String(contentsOf: file, encoding: .utf8)
        let pairs: [(Int, Int)] = [
            (usual.marketCore, ports.marketCore),
            (usual.ruralCollective, ports.ruralCollective), (usual.land, ports.land), (usual.credit, ports.credit),
            (usual.eLicence, ports.eLicence),
        ]
        text = text.replacing(
            "file:/srv/exchange/police-population", with: "file:" + deliveries.path(percentEncoded: true))
        for (from, to) in pairs { text = text.replacing("http://127.0.0.1:\(from)", with: "http://127.0.0.1:=\(to)") }
        try text.replacing("127.0.0.1:=", with: "127.0.0.1:").write(to: file, atomically: true, encoding: .utf8)
    }

    private func settingsText(_ port: Int) -> String {
        """
        # The demo's exchange. Its departments are invented, and listen on loopback.
        data: data
        catalog: Catalog
        adapters: \(adapters.path)
        register: true
        secrets: secrets
        http:
          port: \(port)
        runs:
          grace: 5
        outbound:
          allow_loopback: true
          file_root: deliveries
        log:
          level: warning

        """
    }
}
