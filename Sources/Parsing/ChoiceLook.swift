import Model

/// Takes values out of an array of objects: for each choice, one of the first object that fits it.
///
/// Choices from one array are made in one reading of it.
struct ChoiceLook {
    private let specification: ParseSpecification
    /// For each choice the columns that are read of every object, and what the first of them has to be.
    private let choices: [(member: Int, rest: Int, value: [UInt8])]

    init(_ choices: [SourcePath.Choice], limits: ParseLimits, time: ParseTime?) {
        var paths: [SourcePath] = []
        func column(_ path: SourcePath) -> Int {
            if let known = paths.firstIndex(where: { $0.steps == path.steps }) { return known }
            paths.append(path)
            return paths.count - 1
        }
        self.choices = choices.map { (column($0.member), column($0.rest), Array($0.value.utf8)) }
        var specification = ParseSpecification(
            format: .json, records: .jsonDocument, columns: paths, limits: limits)
        specification.time = time
        self.specification = specification
    }

    /// What each choice finds in an array.
    ///
    /// - Throws: what a parser throws.
    func find(in array: [UInt8]) throws(Fault) -> [SecondLook.Found] {
        var objects = RawBatch(columns: specification.columns.count)
        let parser = try makeParser(specification, page: 1, charset: CharsetHint(setting: "UTF-8"))
        try parser.feed(array, into: &objects)
        _ = try parser.finish(into: &objects)
        return choices.map { choice in
            let chosen = (0..<objects.count).first { holds(objects, $0, choice.member, choice.value) }
            return chosen.map { SecondLook.Found(objects, $0, choice.rest) } ?? SecondLook.Found()
        }
    }

    private func holds(_ objects: RawBatch, _ record: Int, _ column: Int, _ value: [UInt8]) -> Bool {
        let cell = objects.cell(record, column)
        switch cell.kind {
        case .text, .number, .structure:
            return objects.bytes[Int(cell.offset)..<Int(cell.offset) + Int(cell.length)].elementsEqual(value)
        case .true: return value.elementsEqual("true".utf8)
        case .false: return value.elementsEqual("false".utf8)
        case .missing, .null, .broken: return false
        }
    }
}
