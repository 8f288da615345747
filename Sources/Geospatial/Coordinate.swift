/// One number of a position.
public enum Coordinate {
    /// Reads a trimmed ASCII number; nil where it is none, or not finite.
    ///
    /// Up to 15 digits and 22 decimals a double holds number and power of ten exactly, so one division rounds once and is
    /// right (Clinger 1990); longer numbers go through the library.
    public static func read(_ bytes: Span<UInt8>) -> Double? {
        var index = 0
        let isNegative = bytes.count > 0 && bytes[0] == 0x2D
        if isNegative || (bytes.count > 0 && bytes[0] == 0x2B) { index = 1 }
        var mantissa: UInt64 = 0
        var digits = 0
        var decimals = 0
        var isFraction = false
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x30, byte <= 0x39 {
                mantissa = mantissa &* 10 &+ UInt64(byte - 0x30)
                digits += 1
                if isFraction { decimals += 1 }
            } else if byte == 0x2E, !isFraction {
                isFraction = true
            } else {
                return readSlowly(bytes)
            }
            index += 1
        }
        guard digits > 0 else { return nil }
        guard digits <= 15 else { return readSlowly(bytes) }
        let value = Double(mantissa) / powers[decimals]
        return isNegative ? -value : value
    }

    private static func readSlowly(_ bytes: Span<UInt8>) -> Double? {
        guard bytes.count <= 64 else { return nil }
        for index in 0..<bytes.count {
            switch bytes[index] {
            // Words like "nan" and hexadecimals are no coordinates.
            case 0x30...0x39, 0x2B, 0x2D, 0x2E, 0x45, 0x65: continue
            default: return nil
            }
        }
        let text = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}
