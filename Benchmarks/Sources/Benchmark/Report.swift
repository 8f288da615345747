import Foundation

/// A table of measurements, each beside the floor of its kind.
struct Report {
    let measurements: [Measurement]

    private static let widths = [24, 10, 9, 11, 8, 8, 8, 8, 10]

    var text: String {
        let head = row([
            "measurement", "records", "seconds", "records/s", "MB/s", "CPU s", "peak MB", "of floor", "CPU times",
        ])
        return ([head] + measurements.map(line)).joined(separator: "\n")
    }

    private func line(_ measurement: Measurement) -> String {
        row([
            measurement.name, "\(measurement.records)", decimal(measurement.seconds, 2),
            decimal(measurement.recordsPerSecond, 0), decimal(measurement.megabytesPerSecond, 1),
            decimal(measurement.processorSeconds, 2), decimal(Double(measurement.peakMemory) / 1e6, 0),
            ratio(of: measurement) { $0.recordsPerSecond }, ratio(of: measurement) { $0.processorSeconds },
        ])
    }

    /// Beside the same work by the floor, where that was measured.
    private func ratio(of measurement: Measurement, _ figure: (Measurement) -> Double) -> String {
        let kind = measurement.name.split(separator: "-").suffix(2).joined(separator: "-")
        guard let floor = measurements.first(where: { $0.name == "\(Trial.floor)-\(kind)" }) else { return "" }
        return decimal(figure(measurement) / figure(floor), 2)
    }

    private func row(_ cells: [String]) -> String {
        zip(cells, Self.widths).enumerated().map { index, cell in
            let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return index == 0 ? cell.0 + blanks : blanks + cell.0
        }.joined(separator: " ")
    }

    private func decimal(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
}
