import Foundation
import Model

extension Entry.UpdateCycle {
    /// Whether what was published at a time is still as young as the cycle asks; nil where it sets no term.
    func isFresh(publishedAt: Date?, now: Date) -> Bool? {
        guard let term else { return nil }
        guard let publishedAt else { return false }
        return now.timeIntervalSince(publishedAt) <= term
    }
}
