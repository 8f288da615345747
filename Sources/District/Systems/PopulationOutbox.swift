import Crypto
import FoundationEssentials

/// 公安 · residents as files for those beyond a network gap: XML in GBK in a zip, then a control file with its number of
/// records and its digest.
actor PopulationOutbox {
    /// Deliveries that stay in the folder; older ones are taken away.
    static let kept = 5

    private let residents: Desk
    private let folder: URL
    private var delivered: [String] = []

    /// - Parameter folder: made where it is not there.
    init(residents: Desk, folder: URL) {
        self.residents = residents
        self.folder = folder
    }

    /// Delivers all residents as they are now.
    func deliver() async throws {
        let rows = await residents.rows
        let name = "population-" + Identifiers.padded(delivered.count + 1, 6)
        let persons = rows.map { XMLText.element("Person", $0) }.joined(separator: "\n")
        let document = try GBK.bytes(
            #"<?xml version="1.0" encoding="GBK"?>"# + "\n<Package><Persons>\n" + persons + "\n</Persons></Package>")
        let zip = StoredZip.bytes(name: name + ".xml", content: document)
        let digest = Insecure.MD5.hash(data: zip).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try put(name + ".zip", zip)
        // The control file comes last, and whole: whoever sees it finds the data.
        try put(name + ".ctl", Array("\(name).zip\t\(rows.count)\t\(digest)\n".utf8))
        delivered.append(name)
        tidy()
    }

    private func put(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: folder.appending(path: name), options: .atomic)
    }

    private func tidy() {
        for name in delivered.dropLast(Self.kept).suffix(1) {
            for kind in [".ctl", ".zip"] {
                try? FileManager.default.removeItem(at: folder.appending(path: name + kind))
            }
        }
    }
}
