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
        if let setting = hint.setting { return Charset(setting, from: .setting) }
        if let header = hint.header { return Charset(header, from: .header) }
        if head.count < 4 && !isWhole { return nil }
        for (mark, name) in marks where head.starts(with: mark) { return Charset(name, from: .mark) }
        if let name = wideName(head) { return Charset(name, from: .zeros) }
        guard format == .xml, head.starts(with: "<?xml".utf8.prefix(head.count)) else { return .utf8 }
        return declared(head, isWhole: isWhole)
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
