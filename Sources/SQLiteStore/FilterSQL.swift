import Filter
import GRDB
import Model
import Standards

/// Translates filters to SQL over one table. Operands of callers are bound, never written into the text.
struct FilterSQL {
    private let table: GenerationTable?
    private let collection: Collection
    private let alias: String
    private let today: String

    init(_ collection: Collection, table: GenerationTable? = nil, alias: String, today: String) {
        self.collection = collection
        self.table = table
        self.alias = alias
        self.today = today
    }

    /// The condition with its operands as arguments.
    ///
    /// - Throws: `request.bad-parameter` where an operand is not a value of its field's type.
    func bound(_ filter: FilterExpression, _ arguments: inout [DatabaseValue]) throws(Fault) -> String {
        switch filter {
        case .compare(let field, let comparison, let operand):
            let value = try value(operand, of: field)
            if comparison == .equal, let table, table.isIdentified(by: field),
                let key = String.fromDatabaseValue(value)
            {
                arguments.append(RecordID.plain(key).databaseValue)
                return "\(alias)._id = ?"
            }
            arguments.append(value)
            return "\(column(field)) \(comparison.rawValue) ?"
        case .isNull(let field): return "\(column(field)) IS NULL"
        case .not(let inner): return "NOT (\(try bound(inner, &arguments)))"
        case .and(let parts): return try joined(parts, "AND", "TRUE", &arguments)
        case .or(let parts): return try joined(parts, "OR", "FALSE", &arguments)
        }
    }

    private func joined(
        _ parts: [FilterExpression], _ connective: String, _ neutral: String, _ arguments: inout [DatabaseValue]
    ) throws(Fault) -> String {
        var texts: [String] = []
        for part in parts { texts.append("(\(try bound(part, &arguments)))") }
        return texts.isEmpty ? neutral : texts.joined(separator: " \(connective) ")
    }

    /// The condition with its operands written as SQL literals, for a condition that the catalogue gives.
    func literal(_ filter: FilterExpression) throws(Fault) -> String {
        var arguments: [DatabaseValue] = []
        let pieces = try bound(filter, &arguments).split(separator: "?", omittingEmptySubsequences: false)
        return zip(pieces, arguments.map { Optional($0.sqlLiteral) } + [nil])
            .map { piece, literal in piece + (literal ?? "") }.joined()
    }

    private func column(_ field: String) -> String { "\(alias).\(GenerationTable.quoted(field))" }

    private func value(_ operand: FilterExpression.Operand, of name: String) throws(Fault) -> DatabaseValue {
        guard let index = collection.index(of: name) else {
            throw Fault(.badParameter, "\(collection.name) has no field \(name)", context: ["parameter": "filter"])
        }
        let type = collection.fields[index].type
        switch operand {
        case .today: return today.databaseValue
        case .literal(let text):
            guard let value = FilterSQL.value(text, as: type) else {
                throw Fault(
                    .badParameter, "the value for \(name) is not of type \(type.rawValue)",
                    advice: "Write it in the type's normal form, see docs/types.md.",
                    context: ["parameter": name, "expected": type.rawValue])
            }
            return value
        }
    }

    /// A cursor's value, as the column keeps it.
    static func sortValue(_ text: String, _ field: String, _ collection: Collection) -> DatabaseValue {
        guard let index = collection.index(of: field), collection.fields[index].type.isStoredAsInteger else {
            return text.databaseValue
        }
        return Int64(text)?.databaseValue ?? text.databaseValue
    }

    private static func value(_ text: String, as type: FieldType) -> DatabaseValue? {
        switch type {
        case .integer: Int64(text)?.databaseValue
        case .boolean: ["true": 1, "1": 1, "false": 0, "0": 0][text].map { $0.databaseValue }
        case .decimal: decimal(text)?.databaseValue
        case .point, .geometry: nil
        default: text.databaseValue
        }
    }

    /// The normal form, in which decimals are kept.
    private static func decimal(_ text: String) -> String? {
        guard let number = try? ExactDecimal(reading: Array(text.utf8).span) else { return nil }
        var bytes: [UInt8] = []
        number.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension DatabaseValue {
    fileprivate var sqlLiteral: String {
        switch storage {
        case .null: "NULL"
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): "'" + text.replacing("'", with: "''") + "'"
        case .blob: "NULL"
        }
    }
}
