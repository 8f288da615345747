import District
import Foundation

/// All measurements on one register: pages written, served, taken in by each contender, told.
struct IngestCampaign {
    let records: Int
    let repeats: Int
    let only: String
    let folder: String

    func run() throws {
        let register = Register(records: records, folder: folder)
        let trials = Trial.all.filter { only.isEmpty || $0.name.contains(only) }
        var results: [String: [Measurement]] = [:]
        for format in EntityGenerator.Format.allCases where trials.contains(where: { $0.format == format }) {
            for edition in EntityGenerator.Edition.allCases { try register.write(format, edition) }
            for round in 1...repeats {
                for trial in trials where trial.format == format {
                    say("\(trial.name), \(round) of \(repeats)")
                    let pages = register.pages(format, trial.edition)
                    results[trial.name, default: []].append(
                        try trial.measured(pages: pages, records: records, below: folder))
                }
            }
        }
        print(IngestReport(measurements: trials.compactMap { Measurement.median(of: results[$0.name] ?? []) }).text)
    }
}

extension Trial {
    /// Measures in a child, and holds the contender to having taken all records.
    func measured(pages: String, records: Int, below folder: String) throws -> Measurement {
        let own = "\(folder)/\(contender)-\(format.rawValue)"
        if edition == .first { try? FileManager.default.removeItem(atPath: own) }
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        let remains = try Register.serving(pages, format) { address in
            try Child(["measure", name, "--url", address, "--folder", own]).wait()
        }
        guard var measurement = remains.output.split(separator: "\n").last.flatMap({ Measurement(line: $0) }) else {
            throw Failure("\(name) printed no measurement")
        }
        guard measurement.records == records else {
            throw Failure("\(name) took \(measurement.records) records of \(records)")
        }
        measurement.bytes = try Register.bytes(of: pages)
        measurement.peakMemory = remains.peakMemory
        measurement.processorSeconds = remains.processorSeconds
        return measurement
    }
}
