import Yams

/// Composes a text whose mappings may hold a key twice, which the YAML library refuses without saying where.
///
/// Each time the library names such a key, one character of that key's first occurrence is replaced by one of the
/// private use area, so that the rest can be read and no place moves; `original` gives the name back.
struct DuplicateKeys {
    private var replaced: [Unicode.Scalar: Unicode.Scalar] = [:]
    private static let firstReplacement: UInt32 = 0xE000
    private static let mostReplacements = 256

    mutating func compose(_ text: String) throws -> Node? {
        var text = text
        while true {
            do {
                return try Yams.compose(yaml: text)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                guard let mended = mend(text, at: context.mark) else {
                    throw YamlError.duplicatedKeysInMapping(duplicates: names, context: context)
                }
                text = mended
            }
        }
    }

    func original(_ key: String) -> String {
        guard !replaced.isEmpty else { return key }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: key.unicodeScalars.map { replaced[$0] ?? $0 })
        return String(scalars)
    }

    private mutating func mend(_ text: String, at mark: Mark) -> String? {
        guard replaced.count < Self.mostReplacements,
            let replacement = Unicode.Scalar(Self.firstReplacement + UInt32(replaced.count))
        else { return nil }
        var scalars = text.unicodeScalars
        guard var index = scalars.index(line: mark.line, column: mark.column) else { return nil }
        while index < scalars.endIndex, scalars[index] == "\"" || scalars[index] == "'" {
            index = scalars.index(after: index)
        }
        guard index < scalars.endIndex else { return nil }
        replaced[replacement] = original(scalars[index])
        scalars.replaceSubrange(index...index, with: CollectionOfOne(replacement))
        return String(scalars)
    }

    private func original(_ scalar: Unicode.Scalar) -> Unicode.Scalar { replaced[scalar] ?? scalar }
}

extension String.UnicodeScalarView {
    fileprivate func index(line: Int, column: Int) -> Index? {
        var index = startIndex
        for _ in 1..<Swift.max(line, 1) {
            guard let end = self[index...].firstIndex(of: "\n") else { return nil }
            index = self.index(after: end)
        }
        return self.index(index, offsetBy: column - 1, limitedBy: endIndex)
    }
}
