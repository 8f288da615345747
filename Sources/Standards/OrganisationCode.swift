/// The organisation code (组织机构代码, GB 11714-1997): 8 characters and a check, the middle of a credit code.
public enum OrganisationCode {
    /// Why a text is not a code of this kind.
    public enum Problem: Error, Sendable, Equatable {
        /// Neither 9 characters, nor 10 with a hyphen before the last.
        case length
        /// A character that is neither digit nor letter.
        case characters
        /// The last character does not follow from the others.
        case checkDigit
    }

    /// Checks a code and appends its normal form: 9 characters in upper case. The hyphen before the check is for people to
    /// read, and left out where machines do (GB 11714-1997 §2.2).
    ///
    /// - Throws: the first problem met; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        let isHyphenated = bytes.count == 10 && bytes[8] == 0x2D
        guard bytes.count == 9 || isHyphenated else { throw .length }
        let last = CreditCode.upper(bytes[bytes.count - 1])
        guard let expected = checkDigit(bytes), value(last) >= 0 else { throw .characters }
        guard last == expected else { throw .checkDigit }
        for index in 0..<8 { output.append(CreditCode.upper(bytes[index])) }
        output.append(last)
    }

    /// The check character for the first 8; nil where one of them is neither digit nor letter.
    public static func checkDigit(_ bytes: Span<UInt8>) -> UInt8? {
        guard bytes.count >= 8 else { return nil }
        return weightedSum(bytes, 0..<8, value: value).map(character(forSum:))
    }

    private static func character(forSum sum: Int) -> UInt8 {
        switch (11 - sum) % 11 {
        case 10: 0x58
        case let check: UInt8(0x30 + check)
        }
    }

    /// The character's value: 0–9, A=10 … Z=35 (GB 11714-1997, annex A); -1 for any other.
    static func value(_ byte: UInt8) -> Int {
        let digit = digitValue(byte)
        if digit >= 0 { return digit }
        let letter = CreditCode.upper(byte)
        return letter >= 0x41 && letter <= 0x5A ? Int(letter) - 0x41 + 10 : -1
    }
}
