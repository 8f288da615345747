import GRDB
import Model

/// Rejoins the subjects that a publication touches, inside its transaction.
struct SubjectJoin {
    private let entry: String
    private let run: Int64
    private let at: String
    private let today: String
    private let db: Database
    private var subjects: [SubjectTable]
    /// Subjects to be joined as a whole, because one of their entries has a new generation.
    private var wholes: Set<String> = []

    init(entry: String, run: Int64, at: String, today: String, _ db: Database) throws {
        self.entry = entry
        self.run = run
        self.at = at
        self.today = today
        self.db = db
        subjects = []
        for subject in try SubjectTable.definitions(db) where subject.entries.contains(entry) {
            subjects.append(try SubjectTable(subject, run: run, at: at, today: today, db))
        }
        if !subjects.isEmpty { try SubjectTable.prepareTouched(db) }
    }

    /// Marks what a run that compared has changed: its staged rows, and the versions it ended.
    func touch(changedIn table: GenerationTable) throws {
        let staged = "\(table.staged) WHERE _run = \(run)"
        let ended = "\(table.past) WHERE _revision IN \(table.ended(by: run))"
        for subject in subjects {
            if subject.hasValues(of: entry) {
                try subject.touch("SELECT _id FROM \(staged) UNION SELECT _id FROM \(ended)")
            }
            for field in subject.countingFields(of: entry) {
                let name = GenerationTable.quoted(field)
                try subject.touch("SELECT record_id(\(name)) FROM \(staged) AND \(name) IS NOT NULL")
                try subject.touch("SELECT record_id(\(name)) FROM \(ended) AND \(name) IS NOT NULL")
            }
        }
    }

    /// Marks what a new generation may have changed.
    mutating func touch(replacing old: GenerationTable?, by new: GenerationTable) throws {
        for subject in subjects {
            if subject.hasValues(of: entry) { wholes.insert(subject.name) }
            for field in subject.countingFields(of: entry) {
                for table in [old, new] {
                    guard let table, table.collection.index(of: field) != nil else { continue }
                    let name = GenerationTable.quoted(field)
                    try subject.touch(
                        "SELECT DISTINCT record_id(\(name)) FROM \(table.current) WHERE \(name) IS NOT NULL")
                }
            }
        }
    }

    /// Joins what was touched. To be called when the entry's collection is as it will be served.
    func perform() throws {
        for subject in subjects {
            // The entry's table is another by now where it has a new generation.
            let table = try SubjectTable(subject.subject, run: run, at: at, today: today, db)
            try table.join(wholes.contains(subject.name) ? .everything : .touched)
        }
        if !subjects.isEmpty { try SubjectTable.dropTouched(db) }
    }
}
