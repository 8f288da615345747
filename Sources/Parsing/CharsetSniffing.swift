import Model

extension Charset {
    /// The charset of a body by its first bytes; nil while more of them are needed.
    ///
    /// - Parameters:
    ///   - head: the body from its first byte on.
    ///   - isWhole: whether nothing follows.
    static func sniffed(
        _ head: UnsafeRawBufferPointer, format: SourceFormat, hint: CharsetHint, isWhole: Bool
    ) -> Charset? {
        if let named = hint.setting.map({ Charset($0, from: .setting) })
            ?? hint.header.map({ Charset($0, from: .header) })
        {
            guard let orders = byteOrders[named.name] else { return named }
            if head.count < 4 && !isWhole { return nil }
            return named.ordered(mark(of: head) ?? wideName(head), among: orders)
        }
        if head.count < 4 && !isWhole { return nil }
        if let name = mark(of: head) { return Charset(name, from: .mark) }
        if let name = wideName(head) { return Charset(name, from: .zeros) }
        guard format == .xml, head.starts(with: "<?xml".utf8.prefix(head.count)) else { return .utf8 }
        return declared(head, isWhole: isWhole)
    }

    /// The names that leave the order of bytes to the body, and what they leave open: the order without a mark comes first
    /// (RFC 2781, section 4.3).
    private static let byteOrders = [
        "UTF-16": ["UTF-16BE", "UTF-16LE"], "UTF-32": ["UTF-32BE", "UTF-32LE"],
    ]

    /// The charset with its order of bytes; what the body shows of another charset counts for nothing.
    private func ordered(_ shown: String?, among orders: [String]) -> Charset {
        var ordered = self
        ordered.name = orders.first { $0 == shown } ?? orders[0]
        return ordered
    }

    private static func mark(of head: UnsafeRawBufferPointer) -> String? {
        marks.first { head.starts(with: $0.0) }?.1
    }

    /// The longest first: the mark of UTF-32LE begins with that of UTF-16LE.
    private static let marks: [([UInt8], String)] = [
        ([0xFF, 0xFE, 0, 0], "UTF-32LE"), ([0, 0, 0xFE, 0xFF], "UTF-32BE"), ([0x84, 0x31, 0x95, 0x33], "GB18030"),
        ([0xEF, 0xBB, 0xBF], "UTF-8"), ([0xFF, 0xFE], "UTF-16LE"), ([0xFE, 0xFF], "UTF-16BE"),
    ]

    /// A body begins with an ASCII character, so zero bytes show its width (RFC 4627 §3, XML 1.0 appendix F).
    private static func wideName(_ head: UnsafeRawBufferPointer) -> String? {
        guard head.count >= 4 else { return nil }
        switch (head[0] == 0, head[1] == 0, head[2] == 0, head[3] == 0) {
        case (true, true, true, false): return "UTF-32BE"
        case (false, true, true, true): return "UTF-32LE"
        case (true, false, _, _): return "UTF-16BE"
        case (false, true, false, _): return "UTF-16LE"
        default: return nil
        }
    }

    /// XML 1.0 §4.3.3. A declaration that can be read as ASCII does not stand in UTF-16, whatever it says.
    private static func declared(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> Charset? {
        let text = String(decoding: head.prefix(longestDeclaration), as: UTF8.self)
        guard let end = text.firstRange(of: "?>") else {
            return isWhole || head.count >= longestDeclaration ? .utf8 : nil
        }
        guard let key = text[..<end.lowerBound].firstRange(of: "encoding") else { return .utf8 }
        let value = text[key.upperBound..<end.lowerBound].drop { " \t\r\n=".contains($0) }
        guard let quote = value.first, quote == "\"" || quote == "'" else { return .utf8 }
        let label = String(value.dropFirst().prefix { $0 != quote })
        let isWide = ["utf-16", "utf16", "ucs-2", "utf-32", "unicode"].contains { label.lowercased().hasPrefix($0) }
        return isWide || label.isEmpty ? .utf8 : Charset(label, from: .declaration)
    }

    private static let longestDeclaration = 1024
}
