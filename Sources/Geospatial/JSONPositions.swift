import Standards

/// Steps through arrays of positions.
enum JSONPositions {
    static func list<Element>(
        _ bytes: Span<UInt8>, _ index: inout Int, _ read: (inout Int) throws -> Element
    ) throws -> [Element] {
        try JSONText.expect(0x5B, bytes, &index)
        var elements: [Element] = []
        if JSONText.skip(0x5D, bytes, &index) { return elements }
        repeat { elements.append(try read(&index)) } while JSONText.skip(0x2C, bytes, &index)
        try JSONText.expect(0x5D, bytes, &index)
        return elements
    }

    static func lines(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [[Coordinates]] {
        try list(bytes, &index) { index in try positions(bytes, &index) }
    }

    static func positions(_ bytes: Span<UInt8>, _ index: inout Int) throws -> [Coordinates] {
        try list(bytes, &index) { index in try position(bytes, &index) }
    }

    /// Two numbers, and any more of them unread: heights and measures, which may be null.
    static func position(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Coordinates {
        try JSONText.expect(0x5B, bytes, &index)
        if JSONText.skip(0x5D, bytes, &index) { throw GeometryProblem.empty }
        let x = try number(bytes, &index)
        try JSONText.expect(0x2C, bytes, &index)
        let y = try number(bytes, &index)
        while JSONText.skip(0x2C, bytes, &index) {
            if JSONText.peek(bytes, &index) == 0x6E {
                try JSONText.value(bytes, &index)
            } else {
                _ = try number(bytes, &index)
            }
        }
        try JSONText.expect(0x5D, bytes, &index)
        return Coordinates(x: x, y: y)
    }

    static func number(_ bytes: Span<UInt8>, _ index: inout Int) throws -> Double {
        let range = try JSONText.number(bytes, &index)
        guard let value = Coordinate.read(bytes.extracting(range)) else { throw GeometryProblem.unreadable }
        return value
    }
}
