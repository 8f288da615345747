import Foundation
import Model
import Yams

/// Checks the keys of a settings file: one that is not in the table is an error, since a slip would else be silence.
enum SettingsFile {
    /// - Throws: `settings.invalid` with every unknown key and its place.
    static func check(_ text: String, path: String) throws(Fault) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Fault(
                .badSettings, "\(path) is not YAML: \(String(describing: error).prefix(200))",
                advice: "Correct the file; huitong init DIR writes one that works.", context: ["file": path])
        }
        guard let node else { return }
        var unknown: [String] = []
        walk(node, prefix: "", path: path, into: &unknown)
        guard unknown.isEmpty else {
            throw Fault(
                .badSettings, unknown.joined(separator: "\n"),
                advice: "The settings are: \(Setting.table.map(\.key).joined(separator: ", ")).",
                context: ["file": path])
        }
    }

    private static func walk(_ node: Node, prefix: String, path: String, into unknown: inout [String]) {
        guard case .mapping(let mapping) = node else {
            unknown.append("\(place(node, path)): settings are written as key: value")
            return
        }
        for (key, value) in mapping {
            let name = prefix + (key.string ?? "?")
            if Setting.table.contains(where: { $0.key == name }) {
                if value.scalar == nil { unknown.append("\(place(value, path)): \(name) takes one value") }
            } else if Setting.table.contains(where: { $0.key.hasPrefix(name + ".") }) {
                walk(value, prefix: name + ".", path: path, into: &unknown)
            } else {
                unknown.append("\(place(key, path)): there is no setting \(name)")
            }
        }
    }

    private static func place(_ node: Node, _ path: String) -> String {
        node.mark.map { "\(path):\($0.line):\($0.column)" } ?? path
    }
}
