import Foundation

/// A table of measurements, each beside the floor of its kind.
struct IngestReport {
    let measurements: [Measurement]

    private static let stages = ["fetch", "parse", "normalise", "hash", "stage", "index", "judge", "publish"]

    var text: String { figures + "\n" + stages }

    /// Where the time goes. Fetching and parsing, normalising, and staging overlap; what follows does not.
    private var stages: String {
        Table(
            title: "Microseconds a record in each stage; those up to `stage` overlap",
            head: ["measurement"] + Self.stages,
            rows: measurements.filter { !$0.stages.isEmpty }.map { measurement in
                [measurement.name]
                    + Self.stages.map { stage in
                        decimal((measurement.stages[stage] ?? 0) * 1e6 / Double(measurement.records), 2)
                    }
            }
        ).text
    }

    private var figures: String {
        Table(
            title: "Ingest, beside the floor of the same run",
            head: [
                "measurement", "records", "seconds", "records/s", "MB/s", "CPU s", "peak MB", "of floor", "CPU times",
            ],
            rows: measurements.map(row)
        ).text
    }

    private func row(_ measurement: Measurement) -> [String] {
        [
            measurement.name, "\(measurement.records)", decimal(measurement.seconds, 2),
            decimal(measurement.recordsPerSecond, 0), decimal(measurement.megabytesPerSecond, 1),
            decimal(measurement.processorSeconds, 2), decimal(Double(measurement.peakMemory) / 1e6, 0),
            ratio(of: measurement) { $0.recordsPerSecond }, ratio(of: measurement) { $0.processorSeconds },
        ]
    }

    /// Beside the same work by the floor, where that was measured.
    private func ratio(of measurement: Measurement, _ figure: (Measurement) -> Double) -> String {
        let kind = measurement.name.split(separator: "-").suffix(2).joined(separator: "-")
        guard let floor = measurements.first(where: { $0.name == "\(Trial.floor)-\(kind)" }) else { return "" }
        return decimal(figure(measurement) / figure(floor), 2)
    }
}
