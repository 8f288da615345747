import Catalog
import Foundation
import Model

/// Checks the keys of a settings file: one that is not in the table is an error, since a slip would else be silence.
enum SettingsFile {
    /// - Returns: whether the file says anything at all.
    /// - Throws: `settings.invalid` with every unknown key and its place.
    static func check(_ text: String, path: String) throws(Fault) -> Bool {
        let listing: KeyListing
        do {
            listing = try KeyListing(yaml: text)
        } catch {
            throw Fault(
                .badSettings, "\(path) \(error.message)",
                advice: "Correct the file; huitong init DIR writes one that works.", context: ["file": path])
        }
        let mistakes = mistakes(listing.keys).map { "\(path):\($0.key.line):\($0.key.column): \($0.message)" }
        guard mistakes.isEmpty else {
            throw Fault(
                .badSettings, mistakes.joined(separator: "\n"),
                advice: "The settings are: \(Setting.table.map(\.key).joined(separator: ", ")).",
                context: ["file": path])
        }
        return !listing.keys.isEmpty
    }

    /// What is wrong with keys; what is below an unknown one is passed over.
    private static func mistakes(_ keys: [KeyListing.Key]) -> [(key: KeyListing.Key, message: String)] {
        var found: [(key: KeyListing.Key, message: String)] = []
        for key in keys where !found.contains(where: { key.path.hasPrefix($0.key.path + ".") }) {
            if Setting.table.contains(where: { $0.key == key.path }) {
                if key.shape != .single { found.append((key, "\(key.path) takes one value")) }
            } else if Setting.table.contains(where: { $0.key.hasPrefix(key.path + ".") }) {
                if key.shape != .mapping { found.append((key, "\(key.path) is a group: its settings stand below it")) }
            } else {
                found.append((key, "there is no setting \(key.path)"))
            }
        }
        return found
    }
}
