/// The headers of one part of a body (RFC 2045, section 3).
struct PartHead {
    /// By their names in small letters.
    private let values: [String: String]

    init(_ bytes: some Sequence<UInt8>) {
        let lines = String(decoding: Array(bytes), as: UTF8.self).split(whereSeparator: \.isNewline)
        values = Dictionary(
            lines.compactMap { line in
                let halves = line.split(separator: ":", maxSplits: 1)
                guard halves.count == 2 else { return nil }
                return (halves[0].lowercased(), String(halves[1].drop { $0 == " " || $0 == "\t" }))
            }, uniquingKeysWith: { first, _ in first })
    }

    var contentType: MediaType? { values["content-type"].map { MediaType($0) } }

    var contentID: String? { values["content-id"].map { Self.bare($0) } }

    /// How the part was written for transport; as it is where nothing is said (RFC 2045, section 6.1).
    var encoding: String { values["content-transfer-encoding"]?.lowercased() ?? "7bit" }

    /// An identifier without the angle brackets that it stands in.
    static func bare(_ identifier: String) -> String { identifier.filter { !"<> ".contains($0) } }
}
