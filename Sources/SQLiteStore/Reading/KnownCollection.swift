import GRDB
import Store

/// A collection as a connection knows it, with the statements for single records of it.
final class KnownCollection {
    let form: ServedForm
    var state: CollectionState
    /// The version of the data that the state was read in.
    var version: Int64
    private var points: [PointQuery.Selection: PointQuery] = [:]

    init(form: ServedForm, state: CollectionState, version: Int64) {
        self.form = form
        self.state = state
        self.version = version
    }

    /// Prepared once for as long as the generation is served.
    func point(_ selection: PointQuery.Selection, _ db: Database) throws -> PointQuery? {
        if let known = points[selection] { return known }
        guard let table = form.table else { return nil }
        // Callers choose columns: they may not fill the memory with choices.
        if points.count == 64 { points = [:] }
        let point = try PointQuery(selection, of: form.collection, table, db)
        points[selection] = point
        return point
    }
}
