import Standards

extension GML {
    /// Reads one of the ways that positions are written in; false for an element that is none.
    mutating func read(
        _ part: MarkupElement, into positions: inout [Coordinates], _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> Bool {
        guard ["pos", "posList", "coordinates", "coord"].contains(part.name) else { return false }
        let outer = try enter(part)
        defer { leave(outer) }
        switch part.name {
        case "pos":
            let numbers = try numbers(part.text(bytes, &index))
            guard (2...4).contains(numbers.count) else { throw numbers.isEmpty ? .empty : .unreadable }
            positions.append(Coordinates(x: numbers[0], y: numbers[1]))
        case "posList":
            let numbers = try numbers(part.text(bytes, &index))
            let dimension = try dimension()
            guard numbers.count.isMultiple(of: dimension) else { throw .unreadable }
            for start in stride(from: 0, to: numbers.count, by: dimension) {
                positions.append(Coordinates(x: numbers[start], y: numbers[start + 1]))
            }
        case "coordinates": positions += try tuples(part, part.text(bytes, &index))
        default: positions.append(try coordinate(part, bytes, &index))
        }
        return true
    }

    /// How many numbers a position has: as the markup says, or as many as the reference system has axes (ISO 19136 §10.1.4.1).
    private func dimension() throws(GeometryProblem) -> Int {
        if let dimension = dimensions.last { return dimension }
        guard let reference else { return 2 }
        return try transformations.axes(of: reference)
    }

    private func numbers(_ text: [UInt8]) throws(GeometryProblem) -> [Double] {
        var numbers: [Double] = []
        for word in text.split(whereSeparator: isBlank) {
            guard let number = Coordinate.read(word.span) else { throw .unreadable }
            numbers.append(number)
        }
        return numbers
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

    /// `X`, `Y` and perhaps `Z` of GML 2.
    private func coordinate(
        _ part: MarkupElement, _ bytes: Span<UInt8>, _ index: inout Int
    ) throws(GeometryProblem) -> Coordinates {
        var found: [String: Double] = [:]
        try part.forEachElement(bytes, &index) { axis, index throws(GeometryProblem) in
            let numbers = try numbers(axis.text(bytes, &index))
            guard numbers.count == 1 else { throw .unreadable }
            found[axis.name] = numbers[0]
            return true
        }
        guard let x = found["X"], let y = found["Y"] else { throw .unreadable }
        return Coordinates(x: x, y: y)
    }

    /// `112.82,28.36 112.83,28.37`, or with other signs, which the attributes `decimal`, `cs` and `ts` name (OGC 02-069 §4.3.2).
    private func tuples(_ part: MarkupElement, _ text: [UInt8]) throws(GeometryProblem) -> [Coordinates] {
        let decimal = try sign(part.attributes["decimal"], otherwise: 0x2E)
        let between = try sign(part.attributes["cs"], otherwise: 0x2C)
        let behind = try sign(part.attributes["ts"], otherwise: 0x20)
        guard decimal != between, between != behind, decimal != behind else { throw .unreadable }
        var positions: [Coordinates] = []
        for tuple in text.split(whereSeparator: { behind == 0x20 ? isBlank($0) : $0 == behind }) {
            if tuple.allSatisfy(isBlank) { continue }
            var numbers: [Double] = []
            for word in tuple.split(omittingEmptySubsequences: between == 0x20, whereSeparator: { $0 == between }) {
                var word = Array(word)
                if decimal != 0x2E { for at in word.indices where word[at] == decimal { word[at] = 0x2E } }
                guard let number = Coordinate.read(word.span.extracting(Blank.trim(word.span))) else {
                    throw .unreadable
                }
                numbers.append(number)
            }
            guard (2...4).contains(numbers.count) else { throw .unreadable }
            positions.append(Coordinates(x: numbers[0], y: numbers[1]))
        }
        return positions
    }

    private func sign(_ text: String?, otherwise standard: UInt8) throws(GeometryProblem) -> UInt8 {
        guard let text else { return standard }
        guard text.utf8.count == 1, let sign = text.utf8.first else { throw .unreadable }
        return sign
    }
}
