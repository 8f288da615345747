import Filter
import GRDB
import Model
import Store

extension SQLiteStore {
    public func define(_ subjects: [Subject]) async throws(Fault) {
        let now = timestamp()
        let date = today()
        try await publishing(isLong: true) { db in
            let known = try SubjectTable.definitions(db)
            for subject in known where !subjects.contains(where: { $0.name == subject.name }) {
                // What it published goes on being served, as a removed entry's records do.
                try db.execute(sql: "DELETE FROM subjects WHERE name = ?", arguments: [subject.name])
            }
            for subject in subjects where !known.contains(subject) {
                try db.execute(
                    sql: """
                        INSERT INTO subjects (name, definition) VALUES (?1, ?2)
                        ON CONFLICT (name) DO UPDATE SET definition = ?2
                        """, arguments: [subject.name, try json(subject)])
                try Self.join(subject, .registration, at: now, today: date, db)
            }
        }
    }

    public func refreshSubjects() async throws(Fault) {
        let now = timestamp()
        let date = today()
        try await publishing(isLong: true) { db in
            let stale = try Set(
                String.fetchAll(db, sql: "SELECT name FROM subjects WHERE joined_on <> ?", arguments: [date]))
            for subject in try SubjectTable.definitions(db)
            where stale.contains(subject.name) && subject.dependsOnToday {
                try Self.join(subject, .schedule, at: now, today: date, db)
            }
        }
    }

    /// Joins a subject as a whole, as a run of its own.
    private static func join(
        _ subject: Subject, _ trigger: Run.Trigger, at now: String, today: String, _ db: Database
    ) throws {
        let revision = try CollectionRow.fetch(subject.name, db)?.revision ?? 0
        let run = Run(
            number: 0, entry: subject.name, version: 0, state: .published, trigger: trigger, startedAt: now,
            endedAt: now)
        let row = try RunRow.insert(run, rules: "", base: revision, generation: nil, db)
        try SubjectTable.prepareTouched(db)
        try SubjectTable(subject, run: row.run.number, at: now, today: today, db).join(.everything)
    }
}

extension Subject {
    var dependsOnToday: Bool {
        fields.contains { field in
            guard case .count(_, _, let condition?) = field.rule else { return false }
            return (try? ConditionParser.parse(condition))?.dependsOnToday ?? false
        }
    }
}
