/// The links of `Link` headers (RFC 8288, section 3).
struct LinkHeader {
    /// Relation and target of each link that starts at the page itself, in order.
    let links: [(relation: String, target: String)]

    init(_ values: [String]) {
        links = values.flatMap { value in
            var reader = LinkReader(rest: value[...])
            return reader.links()
        }
    }

    /// The target of the first link of a relation; names of relations have no case.
    func target(_ relation: String) -> String? {
        links.first { $0.relation.lowercased() == relation }?.target
    }
}

/// Reads one header's value as RFC 8288 appendix B.2 says: what cannot be understood is passed over.
private struct LinkReader {
    var rest: Substring

    mutating func links() -> [(relation: String, target: String)] {
        var found: [(relation: String, target: String)] = []
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            let target = String(rest[rest.index(after: open)..<close])
            rest = rest[close...].dropFirst()
            for relation in relations() { found.append((relation, target)) }
        }
        return found
    }

    /// How the target just read is related to the page. The first `rel` counts (section 3.3), and a link with an `anchor`
    /// starts somewhere else (section 3.2).
    private mutating func relations() -> [String] {
        var relations: [String]?
        var startsHere = true
        while let (name, value) = parameter() {
            if name == "rel", relations == nil {
                relations = value.split(whereSeparator: \.isWhitespace).map(String.init)
            }
            if name == "anchor" { startsHere = false }
        }
        return startsHere ? relations ?? [] : []
    }

    /// The next parameter of a link, its name in lower case; nil at the link's end.
    private mutating func parameter() -> (name: String, value: String)? {
        rest = rest.drop { $0 != ";" && $0 != "," }
        guard rest.first == ";" else { return nil }
        rest = rest.dropFirst()
        let name = take { !"=;,".contains($0) }.lowercased()
        guard rest.first == "=" else { return (name, "") }
        rest = rest.dropFirst().drop(while: \.isWhitespace)
        return (name, rest.first == "\"" ? quoted() : take { !";,".contains($0) })
    }

    /// What is taken from here on, without blanks.
    private mutating func take(while isTaken: (Character) -> Bool) -> String {
        let text = rest.prefix(while: isTaken)
        rest = rest[text.endIndex...]
        return text.filter { !$0.isWhitespace }
    }

    /// A quoted string (RFC 9110, section 5.6.4), in which a backslash lets the next character be itself.
    private mutating func quoted() -> String {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
            guard character == "\\" else {
                text.append(character)
                continue
            }
            if let escaped = rest.popFirst() { text.append(escaped) }
        }
        return text
    }
}
