import Foundation
import Testing

/// The table of `docs/architecture.md`, held: a target imports lower floors only, and what is foreign has one home.
@Suite struct FloorTests {
    static let floors: [[String]] = [
        ["Model", "Standards"],
        ["Catalog", "Filter", "Geospatial", "Normalizing"],
        ["Parsing", "Store", "Transport"],
        ["SQLiteStore", "StoreConformance"],
        ["AdapterEngine"],
        ["District", "Exchange", "Gateway"],
        ["huitong"],
    ]

    /// Floor 1 has one order within it: conditions are read by the catalogue, places by the normaliser.
    static let neighbours: [String: Set<String>] = [
        "Catalog": ["Filter"], "Normalizing": ["Geospatial"],
    ]

    /// Who may import what is not ours.
    static let foreign: [String: Set<String>] = [
        "CCurl": ["Transport"], "CZlib": ["Gateway", "Parsing", "Transport"], "CArchive": ["Parsing"],
        "CLibXML2": ["Parsing"],
        "CYajl": ["Parsing"], "CCSV": ["Parsing"], "COpenSSL": ["AdapterEngine"],
        "CProj": ["Geospatial"], "CSQLite": ["SQLiteStore"], "CXXHash": ["Normalizing"], "GRDB": ["SQLiteStore"],
        "GRDBSQLite": ["SQLiteStore"],
        "Yams": ["Catalog"], "Hummingbird": ["Gateway", "District"], "HummingbirdCore": ["Gateway"],
        "ArgumentParser": ["huitong"],
        "Configuration": ["huitong"], "ServiceLifecycle": ["Exchange", "Gateway", "huitong"],
    ]

    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private struct Import {
        let target: String
        let module: String
        let place: String
    }

    private static func imports() throws -> [Import] {
        var found: [Import] = []
        for target in floors.flatMap(\.self) {
            let folder = root.appending(path: "Sources/\(target)")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            while let file = files?.nextObject() as? URL {
                guard file.pathExtension == "swift" else { continue }
                for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                    let words = line.split(separator: " ")
                    guard let position = words.firstIndex(of: "import"), position <= 1, words.count > position + 1,
                        !line.hasPrefix("//")
                    else { continue }
                    let module = words[words.count - 1].split(separator: ".")[0]
                    found.append(Import(target: target, module: String(module), place: file.lastPathComponent))
                }
            }
        }
        return found
    }

    @Test func targetsImportLowerFloorsOnly() throws {
        let floor = Dictionary(
            Self.floors.enumerated().flatMap { level, names in names.map { ($0, level) } },
            uniquingKeysWith: { first, _ in first })
        let imports = try Self.imports()
        #expect(imports.count > 100)
        for found in imports {
            guard let own = floor[found.target], let other = floor[found.module] else { continue }
            let isNeighbour = Self.neighbours[found.target]?.contains(found.module) ?? false
            #expect(other < own || isNeighbour, "\(found.target)/\(found.place) imports \(found.module)")
        }
    }

    @Test func whatIsForeignHasOneHome() throws {
        for found in try Self.imports() {
            guard let homes = Self.foreign[found.module] else { continue }
            #expect(homes.contains(found.target), "\(found.target)/\(found.place) imports \(found.module)")
        }
    }

    @Test func everyTargetHasItsFloor() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
        #expect(Set(folders).subtracting(["C"]) == Set(Self.floors.flatMap(\.self)))
    }
}
