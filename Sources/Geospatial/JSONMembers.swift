import Standards

/// Where the members of a JSON object stand in its text.
struct JSONMembers {
    private let places: [String: Range<Int>]
    /// No geometry and no feature has as many; their properties are not looked at.
    static let membersAtMost = 1024

    /// Of several members of one name the last counts, as in most readers.
    init(_ bytes: Span<UInt8>, _ index: inout Int) throws(JSONText.Unexpected) {
        var places: [String: Range<Int>] = [:]
        try JSONText.expect(0x7B, bytes, &index)
        if !JSONText.skip(0x7D, bytes, &index) {
            repeat {
                let name = String(decoding: try JSONText.string(bytes, &index), as: UTF8.self)
                try JSONText.expect(0x3A, bytes, &index)
                places[name] = try JSONText.value(bytes, &index)
                guard places.count <= Self.membersAtMost else { throw JSONText.Unexpected() }
            } while JSONText.skip(0x2C, bytes, &index)
            try JSONText.expect(0x7D, bytes, &index)
        }
        self.places = places
    }

    subscript(name: String) -> Range<Int>? { places[name] }

    var names: [String] { Array(places.keys) }

    func contains(_ names: [String]) -> Bool { names.contains { places[$0] != nil } }

    func isNull(_ name: String, _ bytes: Span<UInt8>) -> Bool {
        places[name].map { bytes[$0.lowerBound] == 0x6E } ?? false
    }

    /// A member that is a string; nil for anything else.
    func text(_ name: String, _ bytes: Span<UInt8>) throws(JSONText.Unexpected) -> String? {
        guard let place = places[name], bytes[place.lowerBound] == 0x22 else { return nil }
        var index = place.lowerBound
        return String(decoding: try JSONText.string(bytes, &index), as: UTF8.self)
    }

    /// A member that is a whole number; nil for anything else.
    func integer(_ name: String, _ bytes: Span<UInt8>) -> Int? {
        guard let place = places[name], place.count <= 18 else { return nil }
        return bytes.extracting(place).withUnsafeBufferPointer { Int(String(decoding: $0, as: UTF8.self)) }
    }

    /// A member that is an object; nil where it is missing or null.
    func object(_ name: String, _ bytes: Span<UInt8>) throws(JSONText.Unexpected) -> JSONMembers? {
        guard let place = places[name], bytes[place.lowerBound] != 0x6E else { return nil }
        var index = place.lowerBound
        return try JSONMembers(bytes, &index)
    }
}
