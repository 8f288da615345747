import District
import Foundation

/// A register's pages, written once below a folder, and served while somebody reads them.
struct Register {
    let records: Int
    let folder: String

    func pages(_ format: EntityGenerator.Format, _ edition: EntityGenerator.Edition) -> String {
        "\(folder)/pages-\(records)-\(format.rawValue)-\(edition.rawValue)"
    }

    /// Writes the pages that are not there yet; in a child, because this process has to stay small (see `Child`).
    func write(_ format: EntityGenerator.Format, _ edition: EntityGenerator.Edition) throws {
        let place = pages(format, edition)
        let last = EntityGenerator(count: records).pageCount + 1
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        guard names.count != last else { return }
        try? FileManager.default.removeItem(atPath: place)
        say("writing \(records) records as \(format.rawValue), \(edition.rawValue) edition")
        try Child(["generate", "\(records)", format.rawValue, edition.rawValue, place]).wait()
    }

    /// Serves a folder of pages while `body` has their address.
    static func serving<Outcome>(
        _ pages: String, _ format: EntityGenerator.Format, _ body: (_ address: String) throws -> Outcome
    ) throws -> Outcome {
        let server = try Child(["serve", format.rawValue, pages])
        defer {
            server.stop()
            _ = try? server.wait()
        }
        return try body(server.firstLine())
    }

    /// Bytes of all files in a folder.
    static func bytes(of folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return sum + (attributes[.size] as? Int ?? 0)
        }
    }
}

/// Tells the person who waits what goes on; figures alone go to standard output.
func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
