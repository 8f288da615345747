import Foundation
import Model
import Standards

/// An entry for a source that nobody has described yet, with blanks for what no machine can know.
public struct EntryDraft: Sendable {
    struct Line: Sendable, Equatable {
        var name: String
        var path: String
        var type: FieldType
        var samples: [String]
        var isAmbiguous: Bool
    }

    private let sample: SourceSample
    private let address: URL
    private let entry: String
    let lines: [Line]

    /// - Parameters:
    ///   - address: where the sample was read.
    ///   - name: what the entry is to be called.
    public init(_ sample: SourceSample, address: URL, name: String?) {
        self.sample = sample
        self.address = address
        entry = name ?? EntryDraft.name(of: address)
        lines = EntryDraft.lines(sample)
    }

    /// The entry as YAML. `FILL_IN` marks what a person has to write; the check accepts it afterwards.
    public var text: String {
        let base = "\(address.scheme ?? "https")://\(address.host() ?? "")\(address.port.map { ":\($0)" } ?? "")"
        let path = address.path() + (address.query().map { "?\($0)" } ?? "")
        var with = ["path: \(quoted(path))", "records: \(quoted(sample.recordsPath))"]
        if let total = sample.totalPath { with.append("total_path: \(quoted(total))") }
        let key = self.key
        return """
            # A draft from \(sample.records.count) records of \(base)\(address.path()). Replace every FILL_IN, correct what was
            # guessed wrong, then: huitong check FILE, huitong preview FILE, huitong catalog register FILE --reason …
            entry: \(entry)
            title: FILL_IN
            department: FILL_IN          # a name of departments.yaml
            categories: []
            update: daily
            grade: 2
            share: {type: conditional, condition: FILL_IN}

            source:
              system: FILL_IN            # a system of that department, with base: \(base)
              adapter: http-\(sample.format.rawValue)
              with:
            \(with.map { "    \($0)" }.joined(separator: "\n"))
            schedule: {cron: "15 2 * * *", jitter: 5m, catch_up: 12h}
            delivers: snapshot

            key: [\(key)]\(isUnique(key) ? "" : "   # no field is different in every record: name several, or another")
            fields:
            \(lines.map(field).joined(separator: "\n"))

            """
    }

    private func field(_ line: Line) -> String {
        var parts = ["title: \(quoted(EntryDraft.title(line.path)))"]
        if line.path != line.name { parts.append("from: \(quoted(line.path))") }
        parts.append("type: \(line.type.rawValue)")
        if line.type == .citizenID { parts.append("grade: 3") }
        if line.type == .point || line.type == .geometry { parts.append("crs: EPSG:4326") }
        if line.isAmbiguous { parts.append("format: MM/dd/yyyy") }
        let samples = line.samples.isEmpty ? "always empty" : line.samples.joined(separator: " | ")
        return "  \(line.name): {\(parts.joined(separator: ", "))}   # \(samples)"
    }

    /// The field that identifies a record: the first that is always there and never twice the same, an identifier before
    /// all others.
    private var key: String {
        let unique = lines.filter { isUnique($0.name) }
        let best = unique.first { $0.type == .uscc || $0.type == .citizenID } ?? unique.first { $0.type != .decimal }
        return best?.name ?? lines.first?.name ?? "FILL_IN"
    }

    private func isUnique(_ name: String) -> Bool {
        guard let line = lines.first(where: { $0.name == name }) else { return false }
        var seen: Set<String> = []
        return sample.records.allSatisfy { record in
            guard let text = record.first(where: { $0.path == line.path })?.text, !text.isEmpty else { return false }
            return seen.insert(text).inserted
        }
    }

    private func quoted(_ text: String) -> String {
        let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || "_/.-".contains($0) } && !text.isEmpty
        return isPlain ? text : "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

extension EntryDraft {
    private static func lines(_ sample: SourceSample) -> [Line] {
        var paths: [String] = []
        var values: [String: [SourceSample.Value]] = [:]
        for value in sample.records.joined() {
            if values[value.path] == nil { paths.append(value.path) }
            values[value.path, default: []].append(value)
        }
        var taken: Set<String> = []
        return paths.map { path in
            let found = values[path] ?? []
            let type = GuessedType.type(of: found)
            return Line(
                name: fieldName(path, &taken), path: path, type: type, samples: samples(found, type),
                isAmbiguous: GuessedType.isAmbiguous(found))
        }
    }

    /// Two values to recognise the field by; people's numbers are not written into a file.
    private static func samples(_ values: [SourceSample.Value], _ type: FieldType) -> [String] {
        var shown: [String] = []
        for text in values.map(\.text) where !text.isEmpty && !text.hasPrefix(GuessedType.geometryMark) {
            let line = text.replacing("\n", with: " ")
            let isNumberOfAPerson = type == .citizenID || line.wholeMatch(of: /1[3-9]\d{9}/) != nil
            let short = isNumberOfAPerson ? line.prefix(3) + "…" : line.count > 24 ? line.prefix(24) + "…" : line[...]
            if !shown.contains(String(short)) { shown.append(String(short)) }
            if shown.count == 2 { break }
        }
        return shown
    }

    private static func title(_ path: String) -> String {
        String(path.split(whereSeparator: { "./@".contains($0) }).last ?? "FILL_IN")
    }

    /// A path as an ASCII name in snake_case; what is no ASCII is counted.
    private static func fieldName(_ path: String, _ taken: inout Set<String>) -> String {
        var name = ""
        var wasLower = false
        for character in path {
            guard character.isASCII, character.isLetter || character.isNumber else {
                if !name.isEmpty, !name.hasSuffix("_") { name += "_" }
                wasLower = false
                continue
            }
            if character.isUppercase, wasLower { name += "_" }
            name += character.lowercased()
            wasLower = character.isLowercase || character.isNumber
        }
        while name.hasSuffix("_") { name.removeLast() }
        if name.isEmpty || name.first?.isLetter != true || reserved.contains(name) { name = "field_" + name }
        while name.hasSuffix("_") { name.removeLast() }
        let stem = name
        var number = 2
        while !taken.insert(name).inserted {
            name = "\(stem)_\(number)"
            number += 1
        }
        return name
    }

    /// Names of query parameters, which no field may have.
    private static let reserved: Set<String> = [
        "limit", "cursor", "filter", "properties", "sortby", "bbox", "crs", "datetime", "q", "f", "id",
    ]

    private static func name(of address: URL) -> String {
        let last = address.deletingPathExtension().lastPathComponent.lowercased()
        let name = last.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
        let trimmed = name.split(separator: "-").joined(separator: "-")
        return trimmed.first?.isLetter == true ? trimmed : "new-entry"
    }
}
