/// The code of a type of electronic certificate (证照类型代码, GB/T 36903-2018, GB/T 36904-2018): the credit code of the body
/// that defines the type (18 characters), and the type's number there (3 digits).
public enum CertificateType {
    /// Why a text is not a code of this kind.
    public enum Problem: Error, Sendable, Equatable {
        /// Not 21 characters.
        case length
        /// Something else than digits at the end, or a character before it that no credit code has.
        case characters
    }

    /// Checks a code and appends its normal form: 21 characters in upper case.
    ///
    /// - Returns: whether the definer's credit code has the check character that GB 32100-2015 gives it; catalogues hold
    ///   types where it has not, so that is for the caller to remark on.
    /// - Throws: the first problem met; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Problem) -> Bool {
        guard bytes.count == 21 else { throw .length }
        guard isDigits(bytes, 18..<21) else { throw .characters }
        let isChecked: Bool
        do throws(CreditCode.Problem) {
            try CreditCode.normalize(bytes.extracting(0..<18), into: &output)
            isChecked = true
        } catch {
            guard error == .checkDigit else { throw .characters }
            for index in 0..<18 { output.append(CreditCode.upper(bytes[index])) }
            isChecked = false
        }
        for index in 18..<21 { output.append(bytes[index]) }
        return isChecked
    }
}
