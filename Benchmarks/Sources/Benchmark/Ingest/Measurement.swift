/// What one run of a program took.
struct Measurement: Sendable {
    let name: String
    let records: Int
    let seconds: Double
    /// Of the pages' bodies.
    var bytes: Int
    /// Bytes of resident memory at its highest; 0 where nobody looked.
    var peakMemory = 0
    /// Seconds of processor time, of all threads; steadier than the clock's where others use the machine too.
    var processorSeconds = 0.0
    /// Seconds of its stages; they overlap.
    let stages: [String: Double]

    var recordsPerSecond: Double { Double(records) / seconds }
    var megabytesPerSecond: Double { Double(bytes) / seconds / 1e6 }

    /// What one process tells another.
    var line: String {
        (["\(name) \(records) \(seconds) \(bytes)"] + stages.map { "\($0)=\($1)" }).joined(separator: " ")
    }

    init(name: String, records: Int, seconds: Double, bytes: Int, stages: [String: Double]) {
        self.name = name
        self.records = records
        self.seconds = seconds
        self.bytes = bytes
        self.stages = stages
    }

    init?(line: some StringProtocol) {
        let parts = line.split(separator: " ")
        guard parts.count >= 4, let records = Int(parts[1]), let seconds = Double(parts[2]), let bytes = Int(parts[3])
        else { return nil }
        let stages = parts[4...].map { $0.split(separator: "=") }.compactMap { pair in
            Double(pair.last ?? "").map { (String(pair[0]), $0) }
        }
        self.init(
            name: String(parts[0]), records: records, seconds: seconds, bytes: bytes,
            stages: Dictionary(stages, uniquingKeysWith: +))
    }

    /// The one in the middle by time.
    static func median(of measurements: [Measurement]) -> Measurement? {
        let sorted = measurements.sorted { $0.seconds < $1.seconds }
        return sorted.isEmpty ? nil : sorted[sorted.count / 2]
    }
}
