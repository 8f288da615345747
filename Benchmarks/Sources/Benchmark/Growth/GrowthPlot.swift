import Foundation

/// Records a second over the size of the collection, on logarithmic axes, as SVG.
///
/// Two lines that stay level say that a record costs the same whatever lies beside it; the bands are as wide as they may
/// stray.
struct GrowthPlot {
    let points: [SizeTrial.Point]

    private static let width = 760.0
    private static let height = 430.0
    private static let left = 84.0
    private static let right = 130.0
    private static let top = 56.0
    private static let bottom = 58.0

    private struct Line {
        let name: String
        let color: String
        let rates: [Double]
    }

    private var lines: [Line] {
        [
            Line(name: "first load", color: "#1f6f8b", rates: points.map(\.loaded)),
            Line(name: "re-sync, 1 % changed", color: "#c2571a", rates: points.map(\.resynced)),
        ]
    }

    var svg: String {
        let rates = lines.flatMap(\.rates)
        guard let least = rates.min(), let most = rates.max(), let first = points.first, let last = points.last else {
            return ""
        }
        let across = Scale(
            from: Double(first.records), to: max(Double(last.records), Double(first.records) * 10),
            at: Self.left + 40, Self.width - Self.right - 20)
        let up = Scale(
            from: Self.step(below: least / 1.6), to: Self.step(above: most * 1.6), at: Self.height - Self.bottom,
            Self.top)
        var parts = [
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" \
            font-family="system-ui, 'Noto Sans', sans-serif" font-size="13" role="img" \
            aria-label="Records a second over the size of the collection">
            <rect width="100%" height="100%" rx="6" fill="#ffffff"/>
            <text x="\(Self.left)" y="28" font-size="16" font-weight="600" fill="#222">Records a second, as the \
            collection grows</text>
            <text x="\(Self.width - Self.right)" y="28" text-anchor="end" fill="#666">bands: within 1.5 of the \
            fastest</text>
            """
        ]
        parts += grid(across, up)
        parts += lines.map { band($0, across, up) }
        parts += lines.map { curve($0, across, up) }
        parts.append("</svg>\n")
        return parts.joined(separator: "\n")
    }

    // MARK: - Axes

    /// A logarithmic axis.
    private struct Scale {
        let least: Double
        let most: Double
        private let start: Double
        private let end: Double

        init(from least: Double, to most: Double, at start: Double, _ end: Double) {
            (self.least, self.most, self.start, self.end) = (least, most, start, end)
        }

        func callAsFunction(_ value: Double) -> Double {
            start + (end - start) * (log10(value) - log10(least)) / (log10(most) - log10(least))
        }
    }

    /// 1, 2 or 5 times a power of ten.
    private static func step(below value: Double) -> Double {
        let power = pow(10, log10(value).rounded(.down))
        return power * ([5, 2, 1].first { $0 * power <= value } ?? 1)
    }

    private static func step(above value: Double) -> Double {
        let power = pow(10, log10(value).rounded(.down))
        return power * ([1, 2, 5, 10].first { $0 * power >= value } ?? 10)
    }

    private func grid(_ across: Scale, _ up: Scale) -> [String] {
        var parts: [String] = []
        let (floor, ceiling) = (up(up.least), up(up.most))
        for point in points {
            let x = text(across(Double(point.records)))
            parts.append(
                """
                <line x1="\(x)" y1="\(text(floor))" x2="\(x)" y2="\(text(ceiling))" stroke="#e3e6e8"/>
                <text x="\(x)" y="\(text(floor + 22))" text-anchor="middle" fill="#444">\(number(point.records))</text>
                """)
        }
        var rate = up.least
        while rate <= up.most * 1.001 {
            let y = text(up(rate))
            parts.append(
                """
                <line x1="\(text(Self.left))" y1="\(y)" x2="\(text(Self.width - Self.right))" y2="\(y)" \
                stroke="#e3e6e8"/>
                <text x="\(text(Self.left - 10))" y="\(y)" dy="0.35em" text-anchor="end" \
                fill="#444">\(number(Int(rate)))</text>
                """)
            rate = Self.step(above: rate * 1.01)
        }
        let middle = text((Self.left + Self.width - Self.right) / 2)
        parts.append(
            "<text x=\"\(middle)\" y=\"\(text(Self.height - 14))\" text-anchor=\"middle\" fill=\"#444\">records</text>")
        return parts
    }

    // MARK: - Lines

    /// From the fastest down to what is 1.5 times slower: where the line leaves it, the goal is missed.
    private func band(_ line: Line, _ across: Scale, _ up: Scale) -> String {
        let most = line.rates.max() ?? 1
        let (y, lower) = (up(most), up(most / 1.5))
        return """
            <rect x="\(text(Self.left))" y="\(text(y))" width="\(text(Self.width - Self.right - Self.left))" \
            height="\(text(lower - y))" fill="\(line.color)" fill-opacity="0.09"/>
            """
    }

    private func curve(_ line: Line, _ across: Scale, _ up: Scale) -> String {
        let places = zip(points, line.rates).map { (across(Double($0.records)), up($1)) }
        let path = places.map { "\(text($0.0)),\(text($0.1))" }.joined(separator: " ")
        let dots = zip(places, line.rates).map { place, rate in
            """
            <circle cx="\(text(place.0))" cy="\(text(place.1))" r="4" fill="\(line.color)"/>
            <text x="\(text(place.0))" y="\(text(place.1 - 11))" text-anchor="middle" font-size="11" \
            fill="\(line.color)">\(number(Int(rate / 1000) * 1000))</text>
            """
        }
        let end = places.last ?? (0, 0)
        return """
            <polyline points="\(path)" fill="none" stroke="\(line.color)" stroke-width="2.2"/>
            \(dots.joined(separator: "\n"))
            <text x="\(text(end.0 + 34))" y="\(text(end.1))" dy="0.35em" font-weight="600" fill="\(line.color)">\
            \(line.name.split(separator: ",")[0])</text>
            """
    }

    private func text(_ number: Double) -> String { decimal(number, 1) }

    /// With thin spaces between thousands.
    private func number(_ number: Int) -> String {
        var digits = Array(String(number))
        for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert("\u{2009}", at: place) }
        return String(digits)
    }
}
