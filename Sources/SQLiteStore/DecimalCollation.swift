import GRDB
import Standards

/// Orders decimals by value while they are kept exactly, as canonical text.
///
/// SQLite's own numbers are binary floats, which would change what a department sent.
enum DecimalCollation {
    static let name = "DECIMAL_TEXT"

    static let collation = DatabaseCollation(name) { left, right in
        switch DecimalText.compare(left, right) {
        case ..<0: .orderedAscending
        case 0: .orderedSame
        default: .orderedDescending
        }
    }
}
