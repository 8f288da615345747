import Foundation
import Model

/// Settings' texts as what they mean, with the table's standard where there is none.
struct SettingValues {
    /// Where relative paths start.
    let folder: URL
    private let look: (String) -> String?

    init(folder: URL, look: @escaping (String) -> String?) {
        self.folder = folder
        self.look = look
    }

    /// The text of a setting, or its standard.
    func text(_ key: String) -> String {
        look(key) ?? Setting.table.first { $0.key == key }?.standard ?? ""
    }

    /// The text of a setting; nil where it is empty.
    func optional(_ key: String) -> String? {
        let text = text(key)
        return text.isEmpty ? nil : text
    }

    /// A path, from the settings' folder on.
    func path(_ key: String) -> URL? {
        optional(key).map { text in
            let text = text.hasPrefix("~/") ? NSHomeDirectory() + text.dropFirst() : text
            return text.hasPrefix("/") ? URL(filePath: text) : folder.appending(path: text).standardizedFileURL
        }
    }

    func flag(_ key: String) throws(Fault) -> Bool {
        switch text(key).lowercased() {
        case "true", "yes", "on", "1": return true
        case "false", "no", "off", "0", "": return false
        default: throw wrong(key, "Write true or false.")
        }
    }

    func number(_ key: String, _ allowed: ClosedRange<Int>) throws(Fault) -> Int {
        guard let number = Int(text(key)), allowed.contains(number) else {
            throw wrong(key, "Write a whole number from \(allowed.lowerBound) to \(allowed.upperBound).")
        }
        return number
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws(Fault) -> Choice {
        guard let choice = Choice(rawValue: text(key).lowercased()) else {
            throw wrong(key, "Choose one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return choice
    }

    private func wrong(_ key: String, _ advice: String) -> Fault {
        Fault(.badSettings, "\(text(key).prefix(64)) is no value of \(key)", advice: advice, context: ["setting": key])
    }
}
