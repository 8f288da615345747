/// The media types a caller takes, with their weights (RFC 9110, section 12.5.1).
struct AcceptHeader: Sendable {
    private struct Range {
        var type: Substring
        var weight: Double
    }
    private var ranges: [Range] = []

    init(_ text: String) {
        for part in text.lowercased().split(separator: ",") {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" } }
            guard let type = pieces.first else { continue }
            let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.flatMap { Double($0.dropFirst(2)) } ?? 1
            ranges.append(Range(type: type[...], weight: weight))
        }
    }

    /// The offer with the greatest weight; among equals one that is named before one that only a wildcard allows, the
    /// first of the named ones, and the standard of the others.
    func best<Offer: Equatable>(of offers: [Offer], standard: Offer, names: (Offer) -> [String]) -> Offer? {
        var best: (offer: Offer, rank: (Double, Int, Int))?
        for offer in offers {
            guard let (weight, specificity) = weight(of: names(offer)), weight > 0 else { continue }
            let rank = (weight, specificity, specificity < 2 && offer == standard ? 1 : 0)
            if let best, best.rank >= rank { continue }
            best = (offer, rank)
        }
        return best?.offer
    }

    private func weight(of names: [String]) -> (weight: Double, specificity: Int)? {
        var found: (weight: Double, specificity: Int)?
        for range in ranges {
            guard let specificity = specificity(of: range.type, for: names) else { continue }
            if specificity > (found?.specificity ?? -1) { found = (range.weight, specificity) }
        }
        return found
    }

    private func specificity(of type: Substring, for names: [String]) -> Int? {
        if type == "*/*" { return 0 }
        if type.hasSuffix("/*") { return names.contains { $0.hasPrefix(type.dropLast()) } ? 1 : nil }
        return names.contains(String(type)) ? 2 : nil
    }
}
