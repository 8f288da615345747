import Foundation
import Model

/// Files that commands are given.
enum TextFile {
    /// - Throws: `request.invalid` where the file cannot be read as text.
    static func read(_ path: String) throws(Fault) -> String {
        do {
            return try String(contentsOfFile: path, encoding: .utf8)
        } catch {
            throw Fault(
                .badRequest, "the file \(path) cannot be read", advice: "Name a text file in UTF-8 that you may read.",
                context: ["file": path])
        }
    }
}
