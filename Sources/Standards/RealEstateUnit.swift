/// The code of a real estate unit (不动产单元代码, GB/T 37346-2019 §8): county 6, cadastral district 3 and sub-district 3,
/// kind of parcel 2, its number 5; and for what stands on the parcel its kind 1 and number 8. A parcel alone has 19.
public enum RealEstateUnit {
    /// Why a text is not a code of this kind.
    public enum Problem: Error, Sendable, Equatable {
        /// Neither 28 nor 19 characters.
        case length
        /// Positions 1–12 and 15–19, or those of the number of what stands there, hold something else than digits.
        case digits
        /// Positions 13–14 are no kind of parcel: G, J or Z and a letter.
        case parcel
        /// Position 20 is no kind of thing: F house, L forest, Q other, W nothing (and zeros after it).
        case fixture
    }

    /// Checks a code and appends its normal form: 28 or 19 characters without the blanks that group them on paper, in
    /// upper case.
    ///
    /// - Throws: the first problem met; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) {
        guard bytes.count == 28 || bytes.count == 19 else { throw .length }
        guard isDigits(bytes, 0..<12), isDigits(bytes, 14..<19) else { throw .digits }
        guard isOwnership(CreditCode.upper(bytes[12])), OrganisationCode.value(bytes[13]) >= 10 else { throw .parcel }
        if bytes.count == 28 { try checkFixture(bytes) }
        for index in 0..<bytes.count { output.append(CreditCode.upper(bytes[index])) }
    }

    /// G state, J collective, Z not settled.
    private static func isOwnership(_ letter: UInt8) -> Bool { letter == 0x47 || letter == 0x4A || letter == 0x5A }

    private static func checkFixture(_ bytes: Span<UInt8>) throws(Problem) {
        guard isDigits(bytes, 20..<28) else { throw .digits }
        switch CreditCode.upper(bytes[19]) {
        case 0x46, 0x4C, 0x51: return
        case 0x57: guard number(bytes, 20..<28) == 0 else { throw .fixture }
        default: throw .fixture
        }
    }
}
