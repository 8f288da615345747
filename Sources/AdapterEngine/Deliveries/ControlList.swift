import Foundation
import Model

/// A control file that is a list: a line for each file.
struct ControlList: Sendable, Equatable {
    /// What stands at one place of a line.
    enum Column: String, Sendable {
        case name, count, size, digest
        /// Something that is passed over.
        case none = "-"
    }

    /// What stands in a line, in order; without any, a name, a number of records and a digest in whatever order.
    let columns: [Column]

    /// - Throws: `catalogue.adapter-invalid` for what is no column, or without a name among them.
    init(columns words: [String] = []) throws(Fault) {
        let columns = words.compactMap { Column(rawValue: $0) }
        let named = columns.filter { $0 != .none }
        guard columns.count == words.count, words.isEmpty || columns.contains(.name), Set(named).count == named.count
        else {
            throw SourcePlan.misfit(
                "control_columns cannot be [\(words.joined(separator: ", "))]",
                advice:
                    "Write name, and what else there is of count, size and digest, each once; - for what is passed over."
            )
        }
        self.columns = columns
    }

    func files(_ text: String, algorithm: ExpectedDigest.Algorithm?) throws(Fault) -> [Delivery.File] {
        var files: [Delivery.File] = []
        for line in text.split(whereSeparator: \.isNewline) {
            // A tab may divide values, of which the last is empty.
            let line = line.trimmingCharacters(in: CharacterSet(charactersIn: " ")).trimmingPrefix("\u{feff}")
            if line.allSatisfy(\.isWhitespace) || line.hasPrefix("#") { continue }
            let said = try columns.isEmpty ? Self.guessed(String(line), algorithm) : placed(String(line))
            files.append(try ControlFile.file(said, algorithm: algorithm))
        }
        return files
    }

    // MARK: - Lines

    private static func words(_ line: String, omittingEmpty: Bool) -> [String] {
        let hasSigns = line.contains { ",|\t;".contains($0) }
        return line.split(omittingEmptySubsequences: omittingEmpty || !hasSigns) {
            hasSigns ? ",|\t;".contains($0) : $0.isWhitespace
        }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// Each word is what the entry says of its place. A sign at the end of a line divides nothing.
    private func placed(_ line: String) throws(Fault) -> ControlFile.Line {
        var words = Self.words(line, omittingEmpty: false)
        if words.count == columns.count + 1, words.last?.isEmpty == true { words.removeLast() }
        guard words.count == columns.count else {
            throw ControlFile.malformed(
                "'\(Verdict.plain(line, 120))' has \(words.count) values and not \(columns.count), as control_columns says"
            )
        }
        func word(_ column: Column) -> String? { columns.firstIndex(of: column).map { words[$0] } }
        return ControlFile.Line(
            name: word(.name) ?? "", count: word(.count), size: word(.size), digest: word(.digest))
    }

    /// A word of 32 or 64 hexadecimal digits is a digest, one of digits alone a number of records, what is left the name.
    private static func guessed(
        _ line: String, _ algorithm: ExpectedDigest.Algorithm?
    ) throws(Fault) -> ControlFile.Line {
        if let summed = summed(line, algorithm) { return summed }
        var said = ControlFile.Line(name: "")
        for word in words(line, omittingEmpty: true) where !word.isEmpty {
            if said.digest == nil, ExpectedDigest(word, declared: algorithm) != nil {
                said.digest = word
            } else if said.count == nil, isNumber(word) {
                said.count = word
            } else if said.name.isEmpty {
                said.name = word.hasPrefix("*") ? String(word.dropFirst()) : word
            } else {
                throw ControlFile.malformed(
                    "'\(Verdict.plain(line, 120))' has more than a name, a number of records and a digest; "
                        + "control_columns can say what stands where")
            }
        }
        guard !said.name.isEmpty else { throw ControlFile.malformed("'\(Verdict.plain(line, 120))' has no name") }
        return said
    }

    /// What md5sum and sha256sum print: a digest, a blank, a second blank or an asterisk, and a name, which may hold blanks.
    private static func summed(_ line: String, _ algorithm: ExpectedDigest.Algorithm?) -> ControlFile.Line? {
        guard let blank = line.firstIndex(of: " ") else { return nil }
        let digest = String(line[..<blank])
        let rest = line[line.index(after: blank)...]
        guard ExpectedDigest(digest, declared: algorithm) != nil, rest.first == " " || rest.first == "*" else {
            return nil
        }
        let name = String(rest.dropFirst())
        // A number at the end may be one of records, in a list whose columns are lined up.
        guard let last = name.split(separator: " ").last, last.count < name.count, !isNumber(String(last)),
            !name.contains(where: { ",|\t;".contains($0) })
        else { return nil }
        return ControlFile.Line(name: name, digest: digest)
    }

    private static func isNumber(_ word: String) -> Bool {
        (1..<16).contains(word.utf8.count) && word.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
