/// What all sampled records have at one path.
struct SampleColumn {
    var path: [String]
    var values: [Sample.Value] = []
    /// Records where it is a place, and how they write it.
    var geometries: [Sample] = []
    /// Records where it is a list, which no field can be read from.
    var lists = 0
    /// What the first of them has.
    var list: [Sample] = []

    /// The columns of records, in the order that their paths were first met.
    static func columns(of records: [Sample]) -> [SampleColumn] {
        var columns: [SampleColumn] = []
        var index: [[String]: Int] = [:]
        func column(_ path: [String]) -> Int {
            if let known = index[path] { return known }
            columns.append(SampleColumn(path: path))
            index[path] = columns.count - 1
            return columns.count - 1
        }
        func visit(_ sample: Sample, _ path: [String]) {
            switch sample {
            case _ where sample.isGeometry: columns[column(path)].geometries.append(sample)
            case .value(let value): columns[column(path)].values.append(value)
            case .list(let samples):
                columns[column(path)].lists += 1
                if columns[column(path)].list.isEmpty { columns[column(path)].list = samples }
            case .members(let members):
                for member in members { visit(member.sample, path + [member.name]) }
            }
        }
        for record in records { visit(record, []) }
        return columns.filter { column in
            !column.path.isEmpty && !(column.saysNothing && columns.contains { $0.isInside(column) })
        }
    }

    /// Whether it was only met empty: what has members in one record may be absent in the next.
    private var saysNothing: Bool { geometries.isEmpty && lists == 0 && present.isEmpty }

    private func isInside(_ other: SampleColumn) -> Bool {
        path.count > other.path.count && path.starts(with: other.path)
    }

    /// Values that say something.
    var present: [Sample.Value] { values.filter { !$0.isEmpty } }

    /// The first different values, shortened.
    var samples: [String] {
        var seen: [String] = []
        for value in present where !seen.contains(value.text) {
            seen.append(value.text)
            if seen.count == 3 { break }
        }
        return seen.map { Verdict.plain($0, 24) }
    }

    var isUnique: Bool {
        var seen: Set<String> = []
        return !present.isEmpty && present.allSatisfy { seen.insert($0.text).inserted }
    }

    /// Whether the values are of one length and without blanks, as numbers that somebody assigned are.
    var isCodeLike: Bool {
        guard let length = present.first?.text.count, length >= 6, present.count > 1 else { return false }
        return present.allSatisfy { value in
            value.text.count == length
                && value.text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        }
    }
}
