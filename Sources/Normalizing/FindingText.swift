import Model
import Standards

extension Normalizer {
    /// Characters of a value that a finding shows.
    static let shownCharacters = 64

    func finding(_ trouble: Trouble, record number: Int, of raw: RawBatch, _ record: Int) -> Finding {
        let field = entry.fields[trouble.column]
        let read = pathsRead(trouble.column, raw, record)
        let values = read.compactMap { path in
            paths.firstIndex(of: path).flatMap { raw.string(record, $0) }
        }
        let sent = values.joined(separator: " ")
        let value = values.isEmpty ? nil : shown(sent, field, isSecret: trouble.rule == .urlCredentials)
        return Finding(
            record: number, field: field.name, rule: trouble.rule.rawValue, severity: trouble.rule.severity,
            message: trouble.rule.message(field, of: columns[trouble.column].list)
                + successor(trouble, of: raw, record),
            value: value, path: read.isEmpty ? nil : read.joined(separator: " "))
    }

    /// Of several paths for one value, the one that had it; all of them where none had.
    private func pathsRead(_ column: Int, _ raw: RawBatch, _ record: Int) -> [String] {
        let source = entry.fields[column].source
        let place = columns[column].place(of: record, in: raw)
        guard case .alternatives = source, columns[column].isFilled(place, record, raw) else { return source.paths }
        return [paths[place]]
    }

    /// - Parameter isSecret: whether it is hidden whatever the field's grade.
    private func shown(_ value: String, _ field: Field, isSecret: Bool) -> String {
        guard !field.isMasked, !field.isWithheld, !isSecret else {
            return Mask.original(type: field.type, value: value) ?? "***"
        }
        return String(value.prefix(Self.shownCharacters))
    }

    /// The end of the sentence about a code that is no longer in use.
    private func successor(_ trouble: Trouble, of raw: RawBatch, _ record: Int) -> String {
        guard trouble.rule == .codeExpired || trouble.rule == .divisionExpired else { return "" }
        guard let successor = successor(ofColumn: trouble.column, raw, record) else { return "; it was kept as sent." }
        return "; \(successor) took its place, and stands for it now."
    }
}
