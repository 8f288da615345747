/// The unified social credit code (统一社会信用代码, GB 32100-2015): registrar 1, kind 1, area 6, organisation 9, check 1.
///
/// Registrar and kind may be letters: the village collectives that 农业农村 registers begin with N.
public enum CreditCode {
    /// Why a text is not a code of this kind.
    public enum Problem: Error, Sendable, Equatable {
        /// Not 18 characters.
        case length
        /// A character outside of the alphabet, which has no I, O, S, V and Z, or a letter in the area.
        case characters
        /// The last character does not follow from the others.
        case checkDigit
    }

    /// Checks a code and appends its normal form: 18 characters in upper case.
    ///
    /// - Returns: whether positions 9–17 are a valid organisation code (GB 11714) too; registers hold codes where they are
    ///   not, so that is for the caller to remark on.
    /// - Throws: the first problem met; nothing is appended then.
    @discardableResult
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) -> Bool {
        guard bytes.count == 18 else { throw .length }
        guard let expected = checkDigit(bytes), value(bytes[17]) >= 0, isDigits(bytes, 2..<8) else {
            throw .characters
        }
        guard upper(bytes[17]) == expected else { throw .checkDigit }
        let start = output.count
        bytes.withUnsafeBufferPointer { output.append(contentsOf: $0) }
        for index in 0..<18 where bytes[index] > 0x5A { output[start + index] = upper(bytes[index]) }
        return OrganisationCode.checkDigit(bytes.extracting(8..<16)) == upper(bytes[16])
    }

    /// The check character for the first 17; nil where one of them is not of the alphabet.
    public static func checkDigit(_ bytes: Span<UInt8>) -> UInt8? {
        guard bytes.count >= 17 else { return nil }
        // The weights are 3^0 … 3^16 modulo 31 from the left: Horner's rule from the right, and 3^17 · 31 fits an Int.
        var sum = 0
        for index in stride(from: 16, through: 0, by: -1) {
            let value = value(bytes[index])
            guard value >= 0 else { return nil }
            sum = sum * 3 + value
        }
        return character((31 - sum % 31) % 31)
    }

    /// The character's value: 0–9, then the letters without I, O, S, V and Z; -1 for any other.
    @inline(__always)
    static func value(_ byte: UInt8) -> Int {
        let digit = digitValue(byte)
        if digit >= 0 { return digit }
        let letter = upper(byte)
        switch letter {
        case 0x41...0x48: return Int(letter) - 0x41 + 10
        case 0x4A...0x4E: return Int(letter) - 0x4A + 18
        case 0x50...0x52: return Int(letter) - 0x50 + 23
        case 0x54, 0x55: return Int(letter) - 0x54 + 26
        case 0x57...0x59: return Int(letter) - 0x57 + 28
        default: return -1
        }
    }

    /// The character of a value: the alphabet skips I, O, S, V and Z.
    private static func character(_ value: Int) -> UInt8 {
        let distance =
            switch value {
            case ..<10: 0x30
            case ..<18: 0x41 - 10
            case ..<23: 0x4A - 18
            case ..<26: 0x50 - 23
            case ..<28: 0x54 - 26
            default: 0x57 - 28
            }
        return UInt8(truncatingIfNeeded: value + distance)
    }

    @inline(__always)
    static func upper(_ byte: UInt8) -> UInt8 { byte >= 0x61 && byte <= 0x7A ? byte - 0x20 : byte }
}
