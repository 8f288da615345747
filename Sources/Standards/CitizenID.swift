/// The citizen identification number (公民身份号码, GB 11643-1999): area 6, birth date 8, order 3, check 1.
///
/// Area and year are never reason to refuse: areas are renamed and renumbered, and people keep their numbers.
public enum CitizenID {
    /// Why a text is not a number of this kind.
    public enum Problem: Error, Sendable, Equatable {
        /// Neither 18 nor 15 characters.
        case length
        /// Something else than digits, or than X at the end.
        case characters
        /// Positions 7–14 are no day of the calendar.
        case birthDate
        /// The last character does not follow from the others (ISO 7064, MOD 11-2).
        case checkDigit
    }

    /// Checks a number and appends its normal form: 18 characters, X in upper case, a number of 15 digits extended.
    ///
    /// - Throws: the first problem met; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        switch bytes.count {
        case 18: try normalizeCurrent(bytes, into: &output)
        case 15: try normalizeLegacy(bytes, into: &output)
        default: throw .length
        }
    }

    /// Whether a number of 18 characters is one that no division of the mainland gave: a residence permit of Hong Kong
    /// (810000), Macao (820000) or Taiwan (830000; 港澳台居民居住证申领发放办法, 2018, §4), or of a foreigner, whose number begins
    /// with 9 and a province (外国人永久居留身份证, 2023 version).
    public static func isResidencePermit(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 18 else { return false }
        if bytes[0] == 0x39 { return (11...82).contains(number(bytes, 1..<3)) }
        return bytes[0] == 0x38 && bytes[1] >= 0x31 && bytes[1] <= 0x33 && number(bytes, 2..<6) == 0
    }

    /// The check character for the first 17 digits; nil where they are not digits.
    public static func checkDigit(_ bytes: Span<UInt8>) -> UInt8? {
        guard bytes.count >= 17 else { return nil }
        return weightedSum(bytes, 0..<17, value: digitValue).map(character(forSum:))
    }

    private static func normalizeCurrent(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        guard let expected = checkDigit(bytes) else { throw .characters }
        let last = bytes[17] == 0x78 ? 0x58 : bytes[17]
        guard last == 0x58 || digitValue(last) >= 0 else { throw .characters }
        let year = number(bytes, 6..<10)
        guard CalendarDate.isDay(year: year, month: number(bytes, 10..<12), day: number(bytes, 12..<14)) else {
            throw .birthDate
        }
        guard last == expected else { throw .checkDigit }
        bytes.extracting(0..<17).withUnsafeBufferPointer { output.append(contentsOf: $0) }
        output.append(last)
    }

    /// Numbers issued before 1999-07-01 had a year of two digits and no check; their holders were born after 1900.
    private static func normalizeLegacy(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        guard isDigits(bytes, 0..<15) else { throw .characters }
        let year = 1900 + number(bytes, 6..<8)
        guard CalendarDate.isDay(year: year, month: number(bytes, 8..<10), day: number(bytes, 10..<12)) else {
            throw .birthDate
        }
        let start = output.count
        for index in 0..<6 { output.append(bytes[index]) }
        output.append(0x31)
        output.append(0x39)
        for index in 6..<15 { output.append(bytes[index]) }
        let check = weightedSum(output.span, start..<start + 17, value: digitValue) ?? 0
        output.append(character(forSum: check))
    }

    private static func character(forSum sum: Int) -> UInt8 {
        let check = (12 - sum) % 11
        return check == 10 ? 0x58 : UInt8(0x30 + check)
    }
}
