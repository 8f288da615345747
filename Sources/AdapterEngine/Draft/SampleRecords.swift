import Model

/// The records of a sampled document: where they are, and what they look like.
struct SampleRecords {
    /// Names that lead from the document to the records.
    var path: [String]
    var records: [Sample]

    /// The largest list of things with members; without any, the innermost thing with values of its own, as the one record.
    init(in document: Sample) {
        var best: (path: [String], records: [Sample])?
        Self.visit(document, []) { path, sample in
            guard case .list(let samples) = sample else { return }
            let records = samples.filter { if case .members = $0 { true } else { false } }
            if records.count * 2 > samples.count, records.count > best?.records.count ?? 0 { best = (path, records) }
        }
        if best == nil {
            Self.visit(document, []) { path, sample in
                guard case .members(let members) = sample, members.contains(where: { $0.sample.isValue }) else {
                    return
                }
                if best == nil { best = (path, [sample]) }
            }
        }
        path = best?.path ?? []
        records = best?.records ?? []
    }

    /// The records at a path that the engineer gives.
    ///
    /// - Throws: `request.bad-parameter` where nothing is there.
    init(in document: Sample, at path: SourcePath) throws(Fault) {
        var sample = document
        var names: [String] = []
        for name in path.names {
            guard let next = sample[name] else {
                throw Fault(
                    .badParameter, "the answer has nothing at \(path.text): '\(name)' is missing",
                    advice: "Leave the path out to have the records looked for.", context: ["parameter": "records"])
            }
            sample = next
            names.append(name)
        }
        self.path = names
        if case .list(let samples) = sample { records = samples } else { records = [sample] }
    }

    /// Looks at a document from the outside in; not into what a list repeats.
    private static func visit(_ sample: Sample, _ path: [String], _ look: ([String], Sample) -> Void) {
        look(path, sample)
        guard case .members(let members) = sample, !sample.isGeometry else { return }
        for member in members { visit(member.sample, path + [member.name], look) }
    }
}

extension Sample {
    var isValue: Bool { if case .value = self { true } else { false } }
}

extension SourcePath {
    /// The names of its steps, without positions and conditions.
    var names: [String] {
        steps.compactMap { step in
            switch step {
            case .member(let name), .memberOrIndex(let name, _): name
            case .element(let element): element.local
            case .attribute(let name): "@" + name.local
            case .text: "text()"
            case .index, .first: nil
            }
        }
    }
}
