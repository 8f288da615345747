import District
import Foundation

/// All measurements on one register: pages written, served, taken in by each contender, told.
struct IngestCampaign {
    let records: Int
    let repeats: Int
    let only: String
    let folder: String

    func run() throws {
        let trials = Trial.all.filter { only.isEmpty || $0.name.contains(only) }
        var results: [String: [Measurement]] = [:]
        for format in EntityGenerator.Format.allCases where trials.contains(where: { $0.format == format }) {
            for edition in EntityGenerator.Edition.allCases { try writePages(format, edition) }
            for round in 1...repeats {
                for trial in trials where trial.format == format {
                    say("\(trial.name), \(round) of \(repeats)")
                    results[trial.name, default: []].append(try measure(trial))
                }
            }
        }
        print(IngestReport(measurements: trials.compactMap { Measurement.median(of: results[$0.name] ?? []) }).text)
    }

    /// In a child, because this process has to stay small (see `Child`).
    private func writePages(_ format: EntityGenerator.Format, _ edition: EntityGenerator.Edition) throws {
        let place = pages(format, edition)
        let last = EntityGenerator(count: records).pageCount + 1
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        guard names.count != last else { return }
        try? FileManager.default.removeItem(atPath: place)
        say("writing \(records) records as \(format.rawValue), \(edition.rawValue) edition")
        try Child(["generate", "\(records)", format.rawValue, edition.rawValue, place]).wait()
    }

    private func measure(_ trial: Trial) throws -> Measurement {
        let own = "\(folder)/\(trial.contender)-\(trial.format.rawValue)"
        if trial.edition == .first { try? FileManager.default.removeItem(atPath: own) }
        try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
        let server = try Child(["serve", trial.format.rawValue, pages(trial.format, trial.edition)])
        defer {
            server.stop()
            _ = try? server.wait()
        }
        let child = try Child(["measure", trial.name, "--url", server.firstLine(), "--folder", own])
        let remains = try child.wait()
        guard var measurement = remains.output.split(separator: "\n").last.flatMap({ Measurement(line: $0) }) else {
            throw Failure("\(trial.name) printed no measurement")
        }
        guard measurement.records == records else {
            throw Failure("\(trial.name) took \(measurement.records) records of \(records)")
        }
        measurement.bytes = try bytes(of: pages(trial.format, trial.edition))
        measurement.peakMemory = remains.peakMemory
        measurement.processorSeconds = remains.processorSeconds
        return measurement
    }

    private func bytes(of folder: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
            return sum + (attributes[.size] as? Int ?? 0)
        }
    }

    private func pages(_ format: EntityGenerator.Format, _ edition: EntityGenerator.Edition) -> String {
        "\(folder)/pages-\(records)-\(format.rawValue)-\(edition.rawValue)"
    }

    private func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
