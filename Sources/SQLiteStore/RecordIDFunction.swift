import GRDB
import Model

/// The id of a record with a single plain key, as SQL: subjects need it for records that name a thing in another field.
enum RecordIDFunction {
    static let function = DatabaseFunction("record_id", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(RecordID.plain)
    }
}
