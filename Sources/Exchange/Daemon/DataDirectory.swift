import Foundation
import Model

/// The folder that holds everything of an exchange (DESIGN §9).
public struct DataDirectory: Sendable, Equatable {
    public let path: String

    public init(path: String) { self.path = path }

    /// The one file with all data.
    public var database: String { path + "/huitong.sqlite" }
    /// Held by the one process that writes.
    public var lock: String { path + "/lock" }
    /// What programs that are sources log and write.
    public var programs: String { path + "/programs" }
    /// Where the daemon takes orders.
    public var socket: String { path + "/control.sock" }

    /// Makes the folder where it is not there, for its owner only.
    ///
    /// - Throws: `store.read-only` where it cannot be made or written to.
    public func create() throws(Fault) {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw readOnly("cannot be made")
        }
        guard FileManager.default.isWritableFile(atPath: path) else { throw readOnly("cannot be written to") }
    }

    private func readOnly(_ what: String) -> Fault {
        Fault(
            .storeReadOnly, "the data directory \(path) \(what)",
            advice:
                "Give the user who runs huitong the right to write there, or name another: data: DIR in the settings.",
            context: ["file": path])
    }
}
