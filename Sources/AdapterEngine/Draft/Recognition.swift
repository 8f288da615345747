import Model

/// Tells which adapter an answer is one for, by what its manifest says that every such answer has.
struct Recognition {
    private let document: Sample
    private let format: SourceFormat

    init(_ document: Sample, format: SourceFormat) {
        self.document = document
        self.format = format
    }

    /// The adapter that most is known of; nil where none fits.
    func adapter(among manifests: [Manifest]) -> Manifest? {
        manifests.filter { $0.format == format && !$0.recognition.isEmpty && $0.recognition.allSatisfy(has) }
            .max { $0.recognition.count < $1.recognition.count }
    }

    private func has(_ path: String) -> Bool {
        guard let path = try? SourcePath(path, format: format) else { return false }
        var sample = document
        for name in path.names {
            // What one of a list has, the others have too.
            if case .list(let samples) = sample, let first = samples.first { sample = first }
            guard let next = sample[name] else { return false }
            sample = next
        }
        return true
    }
}
