import Foundation
import Model
import Standards
import Store

/// Shows the values of findings on the terms of the entries as they are registered now: masked where the field is graded 3
/// or higher or withheld, as they were sent elsewhere. A field that was graded higher since is masked in old findings, too.
struct FindingValues {
    private let fields: [String: [String: Field]]

    init(_ registrations: [Registration]) {
        fields = Dictionary(
            registrations.map { registration in
                let fields = registration.entry.fields.map { ($0.name, $0) }
                return (registration.entry.name, Dictionary(fields, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
    }

    func shown(_ finding: Finding, of entry: String) -> Finding {
        guard let value = finding.value else { return finding }
        var copy = finding
        let field = fields[entry]?[finding.field]
        // Of a field that is not known any more, nobody can say that it may be seen.
        if field.map({ $0.isMasked || $0.isWithheld }) ?? true {
            copy.value = field.flatMap { Mask.original(type: $0.type, value: value) } ?? "***"
        }
        return copy
    }

    /// A refused record without what must not be seen: its raw text, and masked values.
    func shown(_ record: QuarantinedRecord) -> QuarantinedRecord {
        var copy = record
        copy.refusal.raw = ""
        copy.refusal.findings = record.refusal.findings.map { shown($0, of: record.entry) }
        return copy
    }

    /// A refused record with the values of its findings as they were read, for the owner of the file.
    static func revealed(_ record: QuarantinedRecord) -> QuarantinedRecord {
        guard
            let raw = try? JSONSerialization.jsonObject(with: Data(record.refusal.raw.utf8)) as? [String: Any]
        else { return record }
        var copy = record
        for index in copy.refusal.findings.indices {
            guard let path = record.refusal.findings[index].path else { continue }
            // Without a path of that name, the finding is of two coordinates.
            let paths = raw[path] == nil ? path.split(separator: " ").map(String.init) : [path]
            let values = paths.compactMap { raw[$0] as? String }
            if !values.isEmpty { copy.refusal.findings[index].value = values.joined(separator: " ") }
        }
        return copy
    }
}
