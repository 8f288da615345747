/// The characters that every type but text is written in.
public enum ASCII {
    /// Whether a text consists of nothing else.
    @inlinable
    public static func holds(_ bytes: Span<UInt8>) -> Bool {
        var seen: UInt8 = 0
        for index in 0..<bytes.count { seen |= bytes[index] }
        return seen < 0x80
    }
}
