import Yams

/// The keys of a YAML document of nested mappings with their places, for whoever has to say which of them mean nothing.
public struct KeyListing: Sendable, Equatable {
    /// One key, written from the top with dots between.
    public struct Key: Sendable, Equatable {
        public let path: String
        /// Counted from 1.
        public let line: Int
        public let column: Int
        public let shape: Shape
    }

    /// What stands at a key.
    public enum Shape: Sendable {
        case single, list, mapping
    }

    /// Why a text has no keys, in one sentence.
    public struct Invalid: Error, Sendable, Equatable {
        public let message: String
    }

    /// Every key, mappings before what is in them; empty for an empty document.
    public let keys: [Key]

    /// - Throws: ``Invalid`` where the text is no YAML, or no mapping.
    public init(yaml text: String) throws(Invalid) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: text)
        } catch {
            throw Invalid(message: "is not YAML: \(String(describing: error).prefix(200))")
        }
        var keys: [Key] = []
        if let node {
            guard case .mapping(let mapping) = node else { throw Invalid(message: "is not written as key: value") }
            KeyListing.list(mapping, prefix: "", into: &keys)
        }
        self.keys = keys
    }

    private static func list(_ mapping: Node.Mapping, prefix: String, into keys: inout [Key]) {
        for (key, value) in mapping {
            let path = prefix + (key.string ?? "?")
            keys.append(
                Key(
                    path: path, line: key.mark?.line ?? 1, column: key.mark?.column ?? 1,
                    shape: value.scalar != nil ? .single : value.mapping != nil ? .mapping : .list))
            if case .mapping(let inner) = value { list(inner, prefix: path + ".", into: &keys) }
        }
    }
}
