/// Control characters (GB/T 5261, ISO 6429): no department means them, and they break terminals, CSV and XML.
public enum Control {
    /// Whether a text holds one, tab and line ends excepted.
    @inlinable
    public static func isContained(in bytes: Span<UInt8>) -> Bool {
        for index in 0..<bytes.count {
            let byte = bytes[index]
            if byte >= 0x20, byte != 0x7F, byte != 0xC2 { continue }
            if byte == 0x09 || byte == 0x0A || byte == 0x0D { continue }
            // U+0080–U+009F is C2 80 … C2 9F.
            if byte == 0xC2, index + 1 >= bytes.count || bytes[index + 1] >= 0xA0 { continue }
            return true
        }
        return false
    }
}
