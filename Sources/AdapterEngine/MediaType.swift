/// A `Content-Type`, as far as reading a body asks for it (RFC 9110, section 8.3.1).
struct MediaType {
    /// The `charset` parameter; nil where there is none.
    let charset: String?

    init(_ text: String) {
        charset =
            text.split(separator: ";").dropFirst().lazy.compactMap { parameter -> String? in
                let halves = parameter.split(separator: "=", maxSplits: 1).map { $0.filter { !" \t\"'".contains($0) } }
                return halves.count == 2 && halves[0].lowercased() == "charset" && !halves[1].isEmpty ? halves[1] : nil
            }.first
    }
}
