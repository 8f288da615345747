/// The organisation code (组织机构代码, GB 11714-1997): 8 characters and a check, the middle of a credit code.
public enum OrganisationCode {
    /// The check character for the first 8; nil where one of them is neither digit nor letter.
    public static func checkDigit(_ bytes: Span<UInt8>) -> UInt8? {
        guard bytes.count >= 8 else { return nil }
        return weightedSum(bytes, 0..<8, value: value).map(character(forSum:))
    }

    /// Whether a text is a code: 9 characters, with or without the hyphen before the check.
    public static func isValid(_ bytes: Span<UInt8>) -> Bool {
        switch bytes.count {
        case 9: checkDigit(bytes) == CreditCode.upper(bytes[8])
        case 10 where bytes[8] == 0x2D: checkDigit(bytes) == CreditCode.upper(bytes[9])
        default: false
        }
    }

    private static func character(forSum sum: Int) -> UInt8 {
        switch (11 - sum) % 11 {
        case 10: 0x58
        case let check: UInt8(0x30 + check)
        }
    }

    private static func value(_ byte: UInt8) -> Int {
        let digit = digitValue(byte)
        if digit >= 0 { return digit }
        let letter = CreditCode.upper(byte)
        return letter >= 0x41 && letter <= 0x5A ? Int(letter) - 0x41 + 10 : -1
    }
}
