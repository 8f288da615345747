import Foundation

extension Date {
    /// The time as everything of an exchange is dated: RFC 3339, Asia/Shanghai.
    public var timestamp: String { ChinaTime.text(timeIntervalSince1970) }

    /// A time as it is kept, RFC 3339 with any offset, with or without fractions of a second.
    public init?(timestamp: String) {
        let plain = Date.ISO8601FormatStyle()
        guard
            let date = (try? plain.parse(timestamp))
                ?? (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(timestamp))
        else { return nil }
        self = date
    }
}
