import Filter
import GRDB
import Model
import Standards
import Store

extension SQLiteStore {
    public func provenance(of id: String, in collection: String) async throws(Fault) -> [ValueOrigin]? {
        let date = today()
        return try await look { [self] db in
            let served = try served(collection, db)
            guard let table = served.table, try SourceRow.fetch(id, table, db) != nil else { return nil }
            let visible = served.collection.fields.filter { Disclosure.everybody.treatment(of: $0) != .absent }
            let fields = Dictionary(visible.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
            switch served.form.kind {
            case .entry: return try Self.origins(ofEntry: collection, id, visible, table, db)
            case .subject:
                guard let subject = try SubjectTable.definitions(db).first(where: { $0.name == collection }) else {
                    return nil
                }
                return try subject.fields.flatMap { field in
                    try fields[field.name].map {
                        try SubjectOrigins(subject, id, today: date, db).origins(of: field, shownAs: $0)
                    } ?? []
                }
            }
        }
    }

    /// Every value of an entry's record came with the record.
    private static func origins(
        ofEntry name: String, _ id: String, _ visible: [CollectionField], _ table: GenerationTable, _ db: Database
    ) throws -> [ValueOrigin] {
        guard let source = try SourceRow.fetch(id, table, db),
            let entry = try registration(of: name, db)?.entry
        else { return [] }
        return visible.compactMap { field in
            let original = source.original(of: field.name, shownAs: field)
            // What stood there and means "nothing here" has no value, and yet an origin.
            guard source.hasValue(field.name) || original != nil else { return nil }
            let paths = entry.fields.first { $0.name == field.name }?.source.paths ?? []
            return source.origin(of: field.name, from: name, paths.joined(separator: ", "), original)
        }
    }
}

/// A record of an entry, as far as provenance tells of it.
private struct SourceRow {
    let row: Row
    let publishedAt: String
    /// Values as they were sent, by field.
    private let originals: [String: String]

    static func fetch(_ id: String, _ table: GenerationTable, _ db: Database) throws -> SourceRow? {
        guard let row = try Row.fetchOne(db, sql: "SELECT * FROM \(table.current) WHERE _id = ?", arguments: [id])
        else { return nil }
        return try SourceRow(row, db)
    }

    init(_ row: Row, _ db: Database) throws {
        self.row = row
        originals = try row.decodedIfPresent([String: String].self, "_originals") ?? [:]
        publishedAt =
            try String.fetchOne(db, sql: "SELECT ended_at FROM runs WHERE number = ?", arguments: [row["_run"]]) ?? ""
    }

    func hasValue(_ field: String) -> Bool {
        row.hasColumn(field) && (row[field] as DatabaseValue) != .null
    }

    /// A value as it was sent, where it was converted and may be shown.
    func original(of field: String, shownAs shown: CollectionField) -> String? {
        guard let original = originals[field] else { return nil }
        return switch Disclosure.everybody.treatment(of: shown) {
        case .plain: original
        case .masked: Mask.original(type: shown.type, value: original)
        case .absent: nil
        }
    }

    func origin(of field: String, from entry: String, _ sourceField: String, _ original: String?) -> ValueOrigin {
        let page: Int32? = row["_page"]
        let record: Int32? = row["_record"]
        return ValueOrigin(
            field: field, entry: entry, sourceField: sourceField, record: row["_id"], run: row["_run"],
            locator: page.flatMap { page in record.map { SourceLocator(page: page, record: $0) } },
            revision: row["_revision"], publishedAt: publishedAt, original: original)
    }
}

/// Where a subject's values came from: the same choice that joined them, made again for one record.
private struct SubjectOrigins {
    private let subject: Subject
    private let id: String
    private let today: String
    private let db: Database

    init(_ subject: Subject, _ id: String, today: String, _ db: Database) {
        self.subject = subject
        self.id = id
        self.today = today
        self.db = db
    }

    /// Counted records beyond this are not named one by one.
    private static let countedLimit = 100

    func origins(of field: SubjectField, shownAs shown: CollectionField) throws -> [ValueOrigin] {
        switch field.rule {
        case .value(let sources):
            for source in sources {
                guard let table = try CollectionRow.fetch(source.entry, db)?.generation,
                    let row = try SourceRow.fetch(id, table, db), row.hasValue(source.field)
                else { continue }
                let original = row.original(of: source.field, shownAs: shown)
                return [row.origin(of: field.name, from: source.entry, source.field, original)]
            }
            return []
        case .count(let entry, let by, let condition):
            return try counted(field.name, entry, by, condition)
        }
    }

    private func counted(
        _ name: String, _ entry: String, _ by: String, _ condition: String?
    ) throws -> [ValueOrigin] {
        guard let table = try CollectionRow.fetch(entry, db)?.generation, let key = try keyValue() else { return [] }
        var matches = "c.\(GenerationTable.quoted(by)) = ?"
        if let condition, let filter = try? ConditionParser.parse(condition) {
            matches += " AND " + (try FilterSQL(table.collection, alias: "c", today: today).literal(filter))
        }
        return try Row.fetchAll(
            db, sql: "SELECT * FROM \(table.current) c WHERE \(matches) LIMIT \(Self.countedLimit)", arguments: [key]
        ).map { try SourceRow($0, db).origin(of: name, from: entry, by, nil) }
    }

    /// The plain key behind the id, from the first entry that has the record.
    private func keyValue() throws -> String? {
        for entry in subject.valueEntries {
            guard let table = try CollectionRow.fetch(entry, db)?.generation, let key = table.collection.key.first,
                let row = try SourceRow.fetch(id, table, db)
            else { continue }
            return row.row[key]
        }
        return nil
    }
}
