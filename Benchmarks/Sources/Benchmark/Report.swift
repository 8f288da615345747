import Foundation

/// A table of measurements, each beside the floor of its kind.
struct Report {
    let measurements: [Measurement]

    private static let widths = [24, 10, 9, 11, 8, 8, 8]

    var text: String {
        let head = row(["measurement", "records", "seconds", "records/s", "MB/s", "peak MB", "of floor"])
        return ([head] + measurements.map(line)).joined(separator: "\n")
    }

    private func line(_ measurement: Measurement) -> String {
        row([
            measurement.name, "\(measurement.records)", decimal(measurement.seconds, 2),
            decimal(measurement.recordsPerSecond, 0), decimal(measurement.megabytesPerSecond, 1),
            decimal(Double(measurement.peakMemory) / 1e6, 0), ratio(of: measurement),
        ])
    }

    /// The same work by the floor, where it was measured: 1.00 is as fast, 0.50 takes twice as long.
    private func ratio(of measurement: Measurement) -> String {
        let kind = measurement.name.split(separator: "-").suffix(2).joined(separator: "-")
        guard let floor = measurements.first(where: { $0.name == "\(Trial.floor)-\(kind)" }) else { return "" }
        return decimal(measurement.recordsPerSecond / floor.recordsPerSecond, 2)
    }

    private func row(_ cells: [String]) -> String {
        zip(cells, Self.widths).enumerated().map { index, cell in
            let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + blanks : blanks + cell.0
        }.joined(separator: " ")
    }

    private func decimal(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
}
