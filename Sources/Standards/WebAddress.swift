/// An absolute address of something on the web (RFC 3986; RFC 3987 for those with Chinese in them).
///
/// Normal form: scheme and host in lower case, no default port, `/` where the path is empty (RFC 3986 §6.2.2–6.2.3); all
/// else as written, because only its server knows what is equal there.
public enum WebAddress {
    /// Why a text is not such an address.
    public enum Problem: Error, Sendable, Equatable {
        /// Not an absolute address, or with characters that none has.
        case unreadable
        /// Another scheme than http, https and ftp.
        case scheme
        /// A user's name or password before the host: it would be handed on to everybody who may see the field.
        case credentials
    }

    private static let schemes: [(name: [UInt8], port: Int)] = [
        (Array("http".utf8), 80), (Array("https".utf8), 443), (Array("ftp".utf8), 21),
    ]

    /// Checks a trimmed address and appends its normal form.
    ///
    /// - Throws: the first problem met; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        let parts = try parts(bytes)
        let start = output.count
        for byte in parts.scheme.name { output.append(byte) }
        for byte in "://".utf8 { output.append(byte) }
        for index in parts.host { output.append(lower(bytes[index])) }
        if let port = parts.port, port != parts.scheme.port {
            output.append(0x3A)
            output.append(contentsOf: String(port).utf8)
        }
        if parts.end == bytes.count || bytes[parts.end] != 0x2F { output.append(0x2F) }
        for index in parts.end..<bytes.count {
            guard isAllowed(bytes[index]) else {
                output.removeLast(output.count - start)
                throw .unreadable
            }
            output.append(bytes[index])
        }
    }

    /// Scheme, host and nothing more of an address: what its mask shows; nil where it is none.
    static func origin(_ bytes: Span<UInt8>) -> (scheme: [UInt8], host: Range<Int>)? {
        guard let scheme = scheme(bytes) else { return nil }
        let start = scheme.name.count + 3
        guard let authority = authority(bytes, from: start) else { return nil }
        let host = authority.host
        return host.isEmpty ? nil : (scheme.name, host)
    }

    private static func parts(
        _ bytes: Span<UInt8>
    ) throws(Problem) -> (scheme: (name: [UInt8], port: Int), host: Range<Int>, port: Int?, end: Int) {
        guard let scheme = scheme(bytes) else { throw hasScheme(bytes) ? .scheme : .unreadable }
        guard let authority = authority(bytes, from: scheme.name.count + 3) else { throw .unreadable }
        guard !authority.hasUser else { throw .credentials }
        guard !authority.host.isEmpty, isHost(bytes, authority.host) else { throw .unreadable }
        var port: Int?
        if let digits = authority.port, !digits.isEmpty {
            guard digits.count <= 5, isDigits(bytes, digits), number(bytes, digits) <= 65_535 else {
                throw .unreadable
            }
            port = number(bytes, digits)
        }
        return (scheme, authority.host, port, authority.end)
    }

    private static func scheme(_ bytes: Span<UInt8>) -> (name: [UInt8], port: Int)? {
        schemes.first { scheme in
            let length = scheme.name.count
            return bytes.count >= length + 3 && scheme.name.indices.allSatisfy { lower(bytes[$0]) == scheme.name[$0] }
                && bytes[length] == 0x3A && bytes[length + 1] == 0x2F && bytes[length + 2] == 0x2F
        }
    }

    private static func hasScheme(_ bytes: Span<UInt8>) -> Bool {
        for index in 0..<bytes.count {
            if bytes[index] == 0x3A { return index > 0 }
            guard lower(bytes[index]) >= 0x61, lower(bytes[index]) <= 0x7A else { return false }
        }
        return false
    }

    private static func authority(
        _ bytes: Span<UInt8>, from start: Int
    ) -> (host: Range<Int>, port: Range<Int>?, hasUser: Bool, end: Int)? {
        var end = start
        while end < bytes.count, bytes[end] != 0x2F, bytes[end] != 0x3F, bytes[end] != 0x23 { end += 1 }
        var begin = start
        for index in start..<end where bytes[index] == 0x40 { begin = index + 1 }
        var colon: Int?
        var isBracketed = false
        for index in begin..<end {
            switch bytes[index] {
            case 0x5B where index == begin: isBracketed = true
            case 0x5D where isBracketed: isBracketed = false
            case 0x3A where !isBracketed && colon == nil: colon = index
            default: break
            }
        }
        guard !isBracketed else { return nil }
        return (begin..<(colon ?? end), colon.map { $0 + 1..<end }, begin > start, end)
    }

    /// Names, IPv4 and, in brackets, IPv6 addresses; whatever is beyond ASCII may be a name (RFC 5890).
    private static func isHost(_ bytes: Span<UInt8>, _ host: Range<Int>) -> Bool {
        let isAddress = bytes[host.lowerBound] == 0x5B
        if isAddress, bytes[host.upperBound - 1] != 0x5D || host.count < 4 { return false }
        let inner = isAddress ? host.lowerBound + 1..<host.upperBound - 1 : host
        for index in inner {
            switch lower(bytes[index]) {
            case 0x30...0x39, 0x61...0x66, 0x2E: continue
            case 0x3A: guard isAddress else { return false }
            case 0x67...0x7A, 0x2D, 0x5F, 0x80...0xFF: guard !isAddress else { return false }
            default: return false
            }
        }
        return true
    }

    /// Whether a byte may stand after the host: no blank, no control character, none of `"<>\^` and no backquote or brace.
    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case ...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F: false
        default: true
        }
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }
}
