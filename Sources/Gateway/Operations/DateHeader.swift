import Foundation
import HTTPTypes
import Synchronization

/// The `Date` of answers (RFC 9110, section 6.6.1), written anew once a second.
final class DateHeader: Sendable {
    private struct Written {
        var second: time_t
        var field: HTTPField
    }

    private let written = Mutex(Written(second: 0, field: DateHeader.field(0)))

    var field: HTTPField {
        let second = time(nil)
        return written.withLock { written in
            if written.second != second { written = Written(second: second, field: DateHeader.field(second)) }
            return written.field
        }
    }

    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// `Sun, 06 Nov 1994 08:49:37 GMT`: the names are English in every locale.
    static func field(_ second: time_t) -> HTTPField {
        var second = second
        var parts = tm()
        gmtime_r(&second, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date = "\(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
        let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return HTTPField(name: .date, value: "\(days[Int(parts.tm_wday)]), \(date) \(clock) GMT")
    }
}
