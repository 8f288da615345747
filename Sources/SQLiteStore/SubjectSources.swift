import Filter
import GRDB
import Model
import Store

/// The SQL that reads a subject's records from the tables of its entries as they are served now.
struct SubjectSources {
    let collection: Collection
    private let subject: Subject
    private let today: String
    /// Tables of entries that have been published.
    private let tables: [String: GenerationTable]
    private let values: [String]

    init(_ subject: Subject, today: String, _ db: Database) throws {
        self.subject = subject
        self.today = today
        var entries: [String: Entry] = [:]
        var tables: [String: GenerationTable] = [:]
        for name in subject.entries {
            guard let entry = try SQLiteStore.registration(of: name, db) else { continue }
            entries[name] = entry.entry
            tables[name] = try CollectionRow.fetch(name, db)?.generation
        }
        collection = try Collection(subject, entries: entries)
        self.tables = tables
        values = subject.valueEntries.filter { tables[$0] != nil }
    }

    private func alias(_ entry: String) -> String { "s\(subject.valueEntries.firstIndex(of: entry) ?? 0)" }

    /// The columns of a selection, in its order.
    func columns(of table: GenerationTable) -> String {
        (["_id"] + (table.place == nil ? [] : GenerationTable.boxColumns) + table.fieldColumns)
            .joined(separator: ", ")
    }

    /// Every record of the scope, joined; nil where no entry is there to give values.
    func selection(_ scope: SubjectTable.Scope) -> String? {
        guard !values.isEmpty else { return nil }
        switch scope {
        case .touched:
            let joins = values.map { "LEFT JOIN \(current($0)) \(alias($0)) ON \(alias($0))._id = t.id" }
            let present = values.map { "\(alias($0))._id IS NOT NULL" }.joined(separator: " OR ")
            return """
                SELECT \(list(from: values)) FROM touched t \(joins.joined(separator: " "))
                WHERE t.subject = '\(subject.name)' AND (\(present))
                """
        case .everything:
            // The records of each entry that no earlier entry has, with what the later ones add.
            return values.indices.map { first in
                let entry = values[first]
                let rest = values[(first + 1)...].map {
                    "LEFT JOIN \(current($0)) \(alias($0)) ON \(alias($0))._id = \(alias(entry))._id"
                }
                let earlier = values[..<first].map {
                    "NOT EXISTS (SELECT 1 FROM \(current($0)) e WHERE e._id = \(alias(entry))._id)"
                }
                return """
                    SELECT \(list(from: Array(values[first...]))) FROM \(current(entry)) \(alias(entry)) \
                    \(rest.joined(separator: " ")) WHERE \((["TRUE"] + earlier).joined(separator: " AND "))
                    """
            }.joined(separator: " UNION ALL ")
        }
    }

    private func current(_ entry: String) -> String { tables[entry]?.current ?? "" }

    private func list(from entries: [String]) -> String {
        var columns = ["\(coalesce(entries.map { "\(alias($0))._id" })) AS _id"]
        let place = collection.fields.firstIndex(where: \.type.isSpatial)
        if let place {
            for box in GenerationTable.boxColumns {
                let boxes = placeSources(place, among: entries).map { "\(alias($0)).\(box)" }
                columns.append("\(coalesce(boxes)) AS \(box)")
            }
        }
        for field in subject.fields {
            columns.append("\(value(of: field, from: entries)) AS \(GenerationTable.quoted(field.name))")
        }
        return columns.joined(separator: ", ")
    }

    /// Entries whose indexed place is the subject's.
    private func placeSources(_ place: Int, among entries: [String]) -> [String] {
        guard case .value(let sources) = subject.fields[place].rule else { return [] }
        return sources.filter { source in
            guard entries.contains(source.entry), let table = tables[source.entry] else { return false }
            return table.place.map { table.collection.fields[$0].name == source.field } ?? false
        }.map(\.entry)
    }

    private func value(of field: SubjectField, from entries: [String]) -> String {
        switch field.rule {
        case .value(let sources):
            return coalesce(sources.filter { entries.contains($0.entry) }.compactMap(column))
        case .count(let entry, let by, let condition):
            guard let table = tables[entry], table.collection.index(of: by) != nil else { return "0" }
            let key = coalesce(keyColumns(among: entries))
            var matches = "c.\(GenerationTable.quoted(by)) = \(key)"
            if let condition, let filter = try? ConditionParser.parse(condition) {
                matches +=
                    " AND " + ((try? FilterSQL(table.collection, alias: "c", today: today).literal(filter)) ?? "FALSE")
            }
            return "(SELECT count(*) FROM \(table.current) c WHERE \(matches))"
        }
    }

    /// Where the subject's key stands in each of the entries.
    private func keyColumns(among entries: [String]) -> [String] {
        guard case .value(let sources)? = subject.fields.first(where: { $0.name == subject.key })?.rule else {
            return entries.compactMap { entry in
                tables[entry]?.collection.key.first.map { "\(alias(entry)).\(GenerationTable.quoted($0))" }
            }
        }
        return sources.filter { entries.contains($0.entry) }.compactMap(column)
    }

    private func column(_ source: SubjectSource) -> String? {
        guard tables[source.entry]?.collection.index(of: source.field) != nil else { return nil }
        return "\(alias(source.entry)).\(GenerationTable.quoted(source.field))"
    }

    /// SQLite's coalesce wants two arguments at least.
    private func coalesce(_ expressions: [String]) -> String {
        switch expressions.count {
        case 0: "NULL"
        case 1: expressions[0]
        default: "coalesce(\(expressions.joined(separator: ", ")))"
        }
    }

    /// Two sources of one field, and where they disagree.
    struct Disagreement {
        let field: String
        let authority: SubjectSource
        let other: SubjectSource
        let from: String
        /// The two values, as columns of `from`.
        let left: String
        let right: String
    }

    var disagreements: [Disagreement] {
        var found: [Disagreement] = []
        for field in subject.fields {
            guard case .value(let sources) = field.rule, let authority = sources.first else { continue }
            for other in sources.dropFirst() where other.entry != authority.entry {
                guard let left = tables[authority.entry], let right = tables[other.entry],
                    left.collection.index(of: authority.field) != nil,
                    right.collection.index(of: other.field) != nil
                else { continue }
                found.append(
                    Disagreement(
                        field: field.name, authority: authority, other: other,
                        from: "\(left.current) a JOIN \(right.current) b ON b._id = a._id",
                        left: "a.\(GenerationTable.quoted(authority.field))",
                        right: "b.\(GenerationTable.quoted(other.field))"))
            }
        }
        return found
    }
}
