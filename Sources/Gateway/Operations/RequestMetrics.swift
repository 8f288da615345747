import Foundation
import Synchronization

/// Requests counted by route template and status, and how long they took; nothing of what they asked.
final class RequestMetrics: Sendable {
    private struct Key: Hashable {
        var route: Route?
        var status: Int
    }
    private struct Durations {
        var buckets = [Int](repeating: 0, count: RequestMetrics.bounds.count)
        var sum = 0.0
        var count = 0
    }
    private struct Series {
        var requests: [Key: Int] = [:]
        var durations: [Route?: Durations] = [:]
    }
    private let series = Mutex(Series())
    /// Since when it counts: since the process began to serve.
    let began = Date()

    /// Seconds.
    private static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    func count(_ route: Route?, status: Int, seconds: Double) {
        series.withLock { series in
            series.requests[Key(route: route, status: status), default: 0] += 1
            let bucket = RequestMetrics.bounds.firstIndex { seconds <= $0 }
            if let bucket { series.durations[route, default: Durations()].buckets[bucket] += 1 }
            series.durations[route, default: Durations()].sum += seconds
            series.durations[route, default: Durations()].count += 1
        }
    }

    func write(to text: inout PrometheusText) {
        let now = series.withLock { $0 }
        text.begin("huitong_http_requests_total", .counter, "Requests answered, by route and status.")
        for (key, count) in now.requests.sorted(by: { RequestMetrics.precedes($0.key, $1.key) }) {
            let labels = [("route", RequestMetrics.name(key.route)), ("status", String(key.status))]
            text.add("huitong_http_requests_total", labels, count)
        }
        let histogram = "huitong_http_request_duration_seconds"
        text.begin(histogram, .histogram, "Seconds until an answer was ready to be sent, by route.")
        for (route, durations) in now.durations.sorted(by: { RequestMetrics.name($0.key) < RequestMetrics.name($1.key) }
        ) {
            let label = ("route", RequestMetrics.name(route))
            var reached = 0
            for (bound, count) in zip(RequestMetrics.bounds, durations.buckets) {
                reached += count
                text.add("\(histogram)_bucket", [label, ("le", "\(bound)")], reached)
            }
            text.add("\(histogram)_bucket", [label, ("le", "+Inf")], durations.count)
            text.add("\(histogram)_sum", [label], durations.sum)
            text.add("\(histogram)_count", [label], durations.count)
        }
    }

    private static func precedes(_ left: Key, _ right: Key) -> Bool {
        (name(left.route), left.status) < (name(right.route), right.status)
    }

    private static func name(_ route: Route?) -> String { route?.template ?? "none" }
}
