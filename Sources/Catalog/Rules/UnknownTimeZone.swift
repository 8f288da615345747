import Foundation

extension Diagnostic.Rule {
    /// A schedule's clock is one that exists.
    static let unknownTimeZone: Self = "unknown-time-zone"
}

extension Reader {
    mutating func timeZone(_ item: Item?) -> String? {
        guard let item, let text = text(item) else { return nil }
        if text.contains("/"), TimeZone(identifier: text) != nil { return text }
        report(
            .unknownTimeZone, at: item.place, "there is no time zone `\(text)`",
            advice: "Write its IANA name, for example `Asia/Shanghai`.")
        return nil
    }
}
