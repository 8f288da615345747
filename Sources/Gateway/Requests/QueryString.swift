import Model

/// The parameters of a URL, in the order they were given, each at most once.
struct QueryString: Sendable, Equatable {
    struct Item: Sendable, Equatable {
        var name: String
        var value: String
    }
    private(set) var items: [Item] = []

    /// Every field of the widest collection, and the parameters of ours.
    private static let mostItems = 512

    init(items: [Item]) { self.items = items }

    /// Reads `application/x-www-form-urlencoded`, where a plus means a blank.
    ///
    /// - Throws: `request.bad-parameter` for broken escapes, bytes that are not UTF-8 and repeated names.
    init(_ text: String?) throws(Fault) {
        guard let text, !text.isEmpty else { return }
        var names: Set<String> = []
        for part in text.utf8.split(separator: UInt8(ascii: "&")) {
            guard items.count < QueryString.mostItems else {
                throw Fault(
                    .badParameter, "the address has more than \(QueryString.mostItems) parameters",
                    advice: "Ask with fewer.")
            }
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            guard let decodedName = PercentEncoding.decode(name, plusIsBlank: true) else {
                throw QueryString.broken(nil)
            }
            let value = part.dropFirst(name.count + 1)
            guard let decodedValue = PercentEncoding.decode(value, plusIsBlank: true) else {
                throw QueryString.broken(decodedName)
            }
            guard names.insert(decodedName).inserted else {
                throw Fault(
                    .badParameter, "\(decodedName.prefix(64)) is given more than once",
                    advice: "Give each parameter once.", context: ["parameter": String(decodedName.prefix(64))])
            }
            items.append(Item(name: decodedName, value: decodedValue))
        }
    }

    subscript(_ name: String) -> String? {
        get { items.first { $0.name == name }?.value }
        set {
            items.removeAll { $0.name == name }
            if let newValue { items.append(Item(name: name, value: newValue)) }
        }
    }

    /// As it stands in a URL, after the question mark.
    var text: String {
        if items.isEmpty { return "" }
        return items.map { PercentEncoding.encode($0.name) + "=" + PercentEncoding.encode($0.value) }.joined(
            separator: "&")
    }

    /// - Throws: `request.unknown-parameter` for a name that is not one of these.
    func allowOnly(_ known: [String]) throws(Fault) {
        for item in items where !known.contains(item.name) {
            throw QueryString.unknown(item.name, known: known)
        }
    }

    static func unknown(_ name: String, known: [String]) -> Fault {
        let expected = known.isEmpty ? "This address takes no parameters." : "Known: \(known.joined(separator: ", "))."
        return Fault(
            .unknownParameter, "there is no parameter \(name.prefix(64))", advice: expected,
            context: ["parameter": String(name.prefix(64)), "expected": expected])
    }

    private static func broken(_ name: String?) -> Fault {
        Fault(
            .badParameter, "a parameter is not UTF-8 in percent-encoding",
            advice: "Encode it as UTF-8 with %XX (curl: -G --data-urlencode).",
            context: name.map { ["parameter": String($0.prefix(64))] } ?? [:])
    }
}
