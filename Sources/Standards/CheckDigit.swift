/// Weighted sums by Horner's rule: the weights that GB 11643, GB 11714 and GB 32100 tabulate are powers of one base, so
/// no table is needed and none can be mistyped.
///
/// - Returns: the sum of value × base^(distance from the end, counted from 1), or nil where a byte is not of the alphabet.
@inline(__always)
func weightedSum(
    _ bytes: Span<UInt8>, _ range: Range<Int>, base: Int, modulus: Int, value: (UInt8) -> Int
) -> Int? {
    var sum = 0
    for index in range {
        let digit = value(bytes[index])
        guard digit >= 0 else { return nil }
        sum = (sum + digit) * base % modulus
    }
    return sum
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
