/// A weighted sum by Horner's rule: the weights that GB 11643 and GB 11714 tabulate are powers of 2 counted from the right,
/// so no table is needed and none can be mistyped. The remainder is taken once: 18 steps stay far below 64 bits.
///
/// - Returns: the sum of value × 2^(distance from the end, counted from 1) modulo 11, or nil where a byte is not of the alphabet.
@inline(__always)
func weightedSum(_ bytes: Span<UInt8>, _ range: Range<Int>, value: (UInt8) -> Int) -> Int? {
    var sum = 0
    for index in range {
        let digit = value(bytes[index])
        guard digit >= 0 else { return nil }
        sum = (sum + digit) * 2
    }
    return sum % 11
}

/// The value of an ASCII digit, or -1.
@inline(__always)
func digitValue(_ byte: UInt8) -> Int {
    let value = Int(byte) - 0x30
    return value >= 0 && value <= 9 ? value : -1
}

/// Whether all bytes of the range are ASCII digits.
@inline(__always)
func isDigits(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where digitValue(bytes[index]) < 0 { return false }
    return true
}

/// The number that the ASCII digits of the range write; the caller has checked that they are digits, and at most 18.
@inline(__always)
func number(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int {
    var value = 0
    for index in range { value = value * 10 + digitValue(bytes[index]) }
    return value
}
