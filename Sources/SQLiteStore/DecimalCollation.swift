import Foundation
import GRDB
import Standards

/// Orders decimals by value while they are kept exactly, as canonical text.
///
/// SQLite's own numbers are binary floats, which would change what a department sent.
enum DecimalCollation {
    static let name = "DECIMAL_TEXT"

    static let collation = DatabaseCollation(name) { left, right in
        switch ExactDecimal.compareNormal(Array(left.utf8).span, Array(right.utf8).span) {
        case ..<0: .orderedAscending
        case 0: .orderedSame
        default: .orderedDescending
        }
    }
}
