import GRDB
import Model

/// Keeps, for each record of a subject, how many of its values two sources have, and in how many they agree; the sums
/// stand with the collection and are mended by what a publication touches.
struct SubjectAgreement {
    let subject: String
    let disagreements: [SubjectSources.Disagreement]
    let db: Database

    func update(_ scope: SubjectTable.Scope) throws {
        var tally = try CollectionRow.fetch(subject, db)?.quality
        // The sums of a subject that was joined before they were kept begin with all of it.
        let isWhole = scope == .everything || tally == nil
        let within = isWhole ? "TRUE" : "id IN (SELECT id FROM touched WHERE subject = '\(subject)')"
        let before = try sums(within)
        try db.execute(sql: "DELETE FROM agreements WHERE subject = ? AND \(within)", arguments: [subject])
        if let selection = selection(isWhole: isWhole) {
            try db.execute(
                sql: """
                    INSERT INTO agreements SELECT ?, id, sum(compared), sum(agreed) FROM (\(selection))
                    GROUP BY id HAVING sum(compared) > 0
                    """, arguments: [subject])
        }
        let after = try sums(within)
        tally = tally ?? QualityTally()
        tally?.compared += after.compared - before.compared
        tally?.agreed += after.agreed - before.agreed
        try db.execute(
            sql: "UPDATE collections SET quality = ? WHERE name = ?", arguments: [try tally.map(json), subject])
    }

    private func sums(_ within: String) throws -> (compared: Int, agreed: Int) {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT coalesce(sum(compared), 0) AS compared, coalesce(sum(agreed), 0) AS agreed FROM agreements
                WHERE subject = ? AND \(within)
                """, arguments: [subject])
        return (row?["compared"] ?? 0, row?["agreed"] ?? 0)
    }

    /// One look at each pair of entries, whatever the number of fields that both give.
    private func selection(isWhole: Bool) -> String? {
        let pairs = Dictionary(grouping: disagreements, by: \.from).sorted { $0.key < $1.key }
        let within = isWhole ? "TRUE" : "a._id IN (SELECT id FROM touched WHERE subject = '\(subject)')"
        let selections = pairs.map { from, fields in
            let compared = fields.map { "(\($0.left) IS NOT NULL AND \($0.right) IS NOT NULL)" }
            let agreed = fields.map { "coalesce(\($0.left) = \($0.right), 0)" }
            return """
                SELECT a._id AS id, \(compared.joined(separator: " + ")) AS compared, \
                \(agreed.joined(separator: " + ")) AS agreed FROM \(from) WHERE \(within)
                """
        }
        return selections.isEmpty ? nil : selections.joined(separator: " UNION ALL ")
    }
}
