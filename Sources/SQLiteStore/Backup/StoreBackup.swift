import Foundation
import GRDB
import Model

/// What a copy of a store holds.
public struct StoreSummary: Sendable, Codable, Equatable {
    public var file: String
    public var bytes: Int64
    /// Collections that are served, subjects among them.
    public var collections: Int
    public var records: Int64
    /// RFC 3339; when something was last published in it.
    public var lastPublished: String?
    /// Where a restore keeps the store that was there before.
    public var replaced: String?
}

/// A copy of a store's one file, taken while it is served and written to.
///
/// The copy is of one moment, between two transactions. What a run had staged by then is in it, with its position, so that a
/// restored exchange takes the run up as it does after a crash.
public struct StoreBackup: Sendable {
    let path: String

    /// - Parameter path: the store's file.
    public init(of path: String) { self.path = path }

    /// Writes the copy: whole under its name, or not at all. It is read back and checked before it gets the name.
    ///
    /// - Parameters:
    ///   - file: what it is to be called; only its owner may read it.
    ///   - replacing: whether a file of this name gives way.
    /// - Throws: `request.invalid` where there is nothing to copy or the name is taken, `store.full`, `store.read-only`,
    ///   `store.corrupt` where the store itself is damaged.
    public func write(to file: String, replacing: Bool) throws(Fault) -> StoreSummary {
        guard FileManager.default.fileExists(atPath: path) else {
            throw Fault(
                .badRequest, "there is no store at \(path)",
                advice: "Run it where huitong.yaml is, or name the data directory: --data DIR.",
                context: ["file": path])
        }
        guard replacing || !FileManager.default.fileExists(atPath: file) else {
            throw Fault(
                .badRequest, "\(file) is there already",
                advice: "Choose another name, or give --replace: the old one stays until the new one is whole.",
                context: ["file": file])
        }
        let copy = StoreCopy(path: file + ".partial")
        do throws(Fault) {
            try copy.fill(from: path)
            let summary = try copy.check(thoroughly: true, as: file)
            try copy.rename(to: file)
            return summary
        } catch {
            copy.remove()
            throw error
        }
    }
}
