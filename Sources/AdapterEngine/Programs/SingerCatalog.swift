import Model

/// A program's catalog: what it can give, and what it is to give.
struct SingerCatalog {
    private let document: JSONValue
    private let streams: [JSONValue]

    /// - Throws: `source.unexpected` for what is no catalog.
    init(_ text: [UInt8]) throws(Fault) {
        guard let document = JSONValue(String(decoding: text, as: UTF8.self)),
            case .list(let streams)? = document["streams"]
        else {
            throw Fault(
                .sourceUnexpected, "the program's discovery gave no catalog",
                advice: "Write `discover: false` for a program that has none, or give `catalog`.")
        }
        self.document = document
        self.streams = streams
    }

    /// The catalog with one stream selected, all of its fields and no other stream.
    ///
    /// - Throws: `source.unexpected` where there is no such stream.
    func selecting(_ name: String, method: String, key: String?) throws(Fault) -> String {
        guard case .object(var document) = document else { return "{}" }
        var isFound = false
        document["streams"] = .list(
            streams.map { stream in
                let isWanted = Self.names(stream).contains(name)
                isFound = isFound || isWanted
                return Self.stream(stream, isSelected: isWanted, method: method, key: key)
            })
        guard isFound else {
            let known = streams.flatMap { Self.names($0).prefix(1) }.sorted().prefix(10).joined(separator: ", ")
            throw Fault(
                .sourceUnexpected, "the program has no stream '\(name)'",
                advice: known.isEmpty ? "Correct its configuration." : "It has \(Verdict.plain(known, 300)).")
        }
        return JSONValue.object(document).json
    }

    private static func names(_ stream: JSONValue) -> [String] {
        ["stream", "tap_stream_id"].compactMap { key in
            if case .text(let name)? = stream[key] { name } else { nil }
        }
    }

    /// A stream's metadata say what is selected (SPEC.md, "Metadata"); older programs look at the stream itself.
    private static func stream(_ stream: JSONValue, isSelected: Bool, method: String, key: String?) -> JSONValue {
        guard case .object(var members) = stream else { return stream }
        var entries: [JSONValue] = []
        if case .list(let found)? = members["metadata"] { entries = found }
        if !entries.contains(where: { $0["breadcrumb"] == .list([]) }) {
            entries.append(.object(["breadcrumb": .list([]), "metadata": .object([:])]))
        }
        members["metadata"] = .list(
            entries.map { entry(in: $0, isSelected: isSelected, method: method, key: key) })
        guard isSelected else { return .object(members) }
        members["replication_method"] = .text(method)
        if let key { members["replication_key"] = .text(key) }
        if case .object(var schema)? = members["schema"] {
            schema["selected"] = .flag(true)
            members["schema"] = .object(schema)
        }
        return .object(members)
    }

    private static func entry(in entry: JSONValue, isSelected: Bool, method: String, key: String?) -> JSONValue {
        guard case .object(var members) = entry, case .object(var metadata)? = members["metadata"] else {
            return entry
        }
        let isStream = members["breadcrumb"] == .list([])
        if isStream || metadata["inclusion"] != .text("unsupported") {
            metadata["selected"] = .flag(isSelected)
        }
        if isStream, isSelected {
            metadata["replication-method"] = .text(method)
            if let key { metadata["replication-key"] = .text(key) }
        }
        members["metadata"] = .object(metadata)
        return .object(members)
    }
}
