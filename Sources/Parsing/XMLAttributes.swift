import CLibXML2

/// The attributes of one start tag, as libxml2 hands them over: name, prefix, namespace, start and end of the value.
struct XMLAttributes {
    private let words: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    let count: Int
    /// Namespaces that the tag declares.
    let namespaces: Int

    init(_ words: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: CInt, namespaces: CInt) {
        self.words = words
        self.count = Int(count)
        self.namespaces = Int(namespaces)
    }

    /// The value of the attribute of this name, as libxml2 left it; nil where the element has none.
    func raw(_ local: InternedName, _ uri: InternedName?) -> UnsafeRawBufferPointer? {
        guard let words else { return nil }
        for index in 0..<count where words[index * 5] == local {
            if let uri, words[index * 5 + 2] != uri { continue }
            guard let start = words[index * 5 + 3], let end = words[index * 5 + 4] else { return nil }
            return UnsafeRawBufferPointer(start: start, count: end - start)
        }
        return nil
    }

    /// Calls with local name and value of each; of several that differ in their prefix only, with the first.
    func forEachName(_ body: (InternedName, UnsafeRawBufferPointer) -> Void) {
        guard let words else { return }
        for index in 0..<count {
            guard let local = words[index * 5], let start = words[index * 5 + 3], let end = words[index * 5 + 4],
                !(0..<index).contains(where: { words[$0 * 5] == local })
            else { continue }
            body(local, UnsafeRawBufferPointer(start: start, count: end - start))
        }
    }

    /// The longest local name, in bytes.
    var longestName: Int {
        guard let words else { return 0 }
        return (0..<count).reduce(0) { longest, index in
            max(longest, words[index * 5].map { strlen($0) } ?? 0)
        }
    }

    /// Calls with the value of an attribute: where entities are not expanded, libxml2 leaves `&` as `&#38;`.
    static func withValue<R>(_ raw: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        guard raw.contains(UInt8(ascii: "&")) else { return body(raw) }
        var value: [UInt8] = []
        var index = 0
        while index < raw.count {
            value.append(raw[index])
            let isReference = raw[index] == UInt8(ascii: "&") && raw[(index + 1)...].starts(with: "#38;".utf8)
            index += isReference ? 5 : 1
        }
        return value.withUnsafeBytes(body)
    }
}
