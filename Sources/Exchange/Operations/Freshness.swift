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

extension Date {
    /// The time as everything of an exchange is dated: RFC 3339, Asia/Shanghai.
    public var timestamp: String { ChinaTime.text(timeIntervalSince1970) }

    /// A time as it is kept, RFC 3339 with any offset, with or without fractions of a second.
    init?(timestamp: String) {
        let plain = Date.ISO8601FormatStyle()
        guard
            let date = (try? plain.parse(timestamp))
                ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(timestamp))
        else { return nil }
        self = date
    }
}
