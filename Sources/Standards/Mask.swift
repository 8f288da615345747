/// How a value is shown to those who may know that it is there and not what it is (脱敏).
///
/// The same value always has the same mask, so masked columns still group; a mask never tells how long a hidden part is,
/// but for numbers of a fixed length.
public enum Mask: String, Sendable, CaseIterable {
    // The types of fields
    case text, integer, decimal, boolean, date, datetime, code, uscc, division, point, geometry
    case citizenID = "citizen-id"
    case organisationCode = "org-code"
    case certificateID = "certificate-id"
    case certificateType = "certificate-type"
    case realEstateUnit = "real-estate-unit"
    case phone, url
    // What a text turns out to be
    case name, address

    /// The mask of a type of field, by its name; an unknown type is hidden whole.
    ///
    /// - Returns: nil where nothing is shown: numbers, booleans and places, which have no part that says nothing.
    public static func apply(type: some RawRepresentable<String>, value: Span<UInt8>) -> [UInt8]? {
        guard let mask = Mask(rawValue: type.rawValue) else { return nil }
        return mask.apply(value)
    }

    /// The same for text.
    public static func apply(type: some RawRepresentable<String>, value: String) -> String? {
        let bytes = Array(value.utf8)
        return apply(type: type, value: bytes.span).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The mask of a value as a source wrote it, before it had a normal form.
    ///
    /// A date may be written with its day first, and then what the mask of the normal form shows would tell the rest of
    /// it: nothing of such a value is shown.
    ///
    /// - Returns: nil where nothing is shown.
    public static func original(type: some RawRepresentable<String>, value: String) -> String? {
        switch Mask(rawValue: type.rawValue) {
        case .date, .datetime: "***"
        default: apply(type: type, value: value)
        }
    }

    /// The masked value; nil where nothing is shown.
    public func apply(_ value: Span<UInt8>) -> [UInt8]? {
        switch self {
        case .integer, .decimal, .boolean, .point, .geometry: nil
        case .code: Array("*".utf8)
        case .date, .datetime: hidden(value, keeping: 4, "-**-**")
        case .division: hidden(value, keeping: value.count > 6 ? 6 : 4, "***")
        case .citizenID:
            value.count == 18 ? covered(value, first: 6, last: 4) : Mask.shape(of: value).apply(value)
        case .uscc: value.count == 18 ? covered(value, first: 8, last: 2) : Mask.name.apply(value)
        case .organisationCode: value.count == 9 ? covered(value, first: 2, last: 2) : Mask.name.apply(value)
        case .certificateID: CertificateID.hasRoot(value) ? hidden(value, keeping: 36, ".****") : Mask.name.apply(value)
        case .certificateType: hidden(value, keeping: 18, "***")
        case .realEstateUnit:
            value.count >= 19 && isDigits(value, 0..<12) ? hidden(value, keeping: 12, "****") : Mask.name.apply(value)
        case .url: origin(value)
        case .phone: value.count > 7 ? covered(value, first: 3, last: 4) : Mask.name.apply(value)
        case .text: Mask.shape(of: value).apply(value)
        case .name: characters(value, 1, "**")
        case .address: characters(value, 6, "****")
        }
    }

    /// What a text without a type of its own is, by its looks: departments keep names, numbers and addresses in plain columns.
    private static func shape(of value: Span<UInt8>) -> Mask {
        if value.count == 11, isDigits(value, 0..<11), value[0] == 0x31 { return .phone }
        if value.count == 18, digitRun(value, from: 0) >= 17 { return .citizenID }
        guard !ASCII.holds(value) else { return .name }
        return characterCount(value) > 8 ? .address : .name
    }

    /// The beginning, then a fixed cover: only where the value is long enough to hide something.
    private func hidden(_ value: Span<UInt8>, keeping count: Int, _ cover: String) -> [UInt8] {
        guard value.count > count, ASCII.holds(value) else { return Array("***".utf8) }
        return (0..<count).map { value[$0] } + Array(cover.utf8)
    }

    /// Where an address leads, and not to what.
    private func origin(_ value: Span<UInt8>) -> [UInt8]? {
        guard let origin = WebAddress.origin(value) else { return Mask.name.apply(value) }
        return origin.scheme + Array("://".utf8) + origin.host.map { value[$0] } + Array("/****".utf8)
    }

    /// Both ends, and a star for each byte between them.
    private func covered(_ value: Span<UInt8>, first: Int, last: Int) -> [UInt8]? {
        guard ASCII.holds(value) else { return Mask.name.apply(value) }
        return (0..<value.count).map { $0 < first || $0 >= value.count - last ? value[$0] : 0x2A }
    }

    /// The first characters, then a fixed cover; a value no longer than that is covered whole.
    private func characters(_ value: Span<UInt8>, _ kept: Int, _ cover: String) -> [UInt8] {
        var output: [UInt8] = []
        var seen = 0
        for index in 0..<value.count {
            if value[index] & 0xC0 != 0x80 { seen += 1 }
            guard seen <= kept else { return output + Array(cover.utf8) }
            output.append(value[index])
        }
        return Array("***".utf8)
    }

    private static func characterCount(_ value: Span<UInt8>) -> Int {
        var count = 0
        for index in 0..<value.count where value[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
