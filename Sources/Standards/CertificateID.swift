/// The identifier of an electronic certificate (电子证照标识, GB/T 36904-2018): the root, then the certificate's type (21
/// characters: who defined it, and a number), who issued it, a serial, a version (3 digits) and a check, parted by points.
public enum CertificateID {
    /// The text is not written so.
    public struct Malformed: Error, Sendable, Equatable {
        public init() {}
    }

    static let root = Array("1.2.156.3005.2.".utf8)
    private static let typeLength = 21
    private static let versionLength = 3

    /// Checks an identifier and appends its normal form: letters in upper case.
    ///
    /// - Returns: whether the check character follows from the others; issuers have published many where it does not, so
    ///   that is for the caller to remark on.
    /// - Throws: where the text has another form; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Malformed) -> Bool {
        guard hasRoot(bytes) else { throw Malformed() }
        let issuer = point(bytes, after: root.count)
        let serial = point(bytes, after: issuer + 1)
        let version = point(bytes, after: serial + 1)
        let end = point(bytes, after: version + 1)
        guard issuer - root.count == typeLength, serial > issuer + 1, version > serial + 1,
            end == version + 1 + versionLength, isDigits(bytes, version + 1..<end), bytes.count == end + 2,
            let expected = check(bytes, root.count..<end)
        else { throw Malformed() }
        let last = CreditCode.upper(bytes[bytes.count - 1])
        guard OrganisationCode.value(last) >= 0 else { throw Malformed() }
        for index in 0..<bytes.count { output.append(CreditCode.upper(bytes[index])) }
        return last == expected
    }

    static func hasRoot(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > root.count else { return false }
        for index in root.indices where bytes[index] != root[index] { return false }
        return true
    }

    /// Where the next point stands; the end where there is none.
    private static func point(_ bytes: Span<UInt8>, after start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x2E { index += 1 }
        return index
    }

    /// The check character of a range, points left out (ISO/IEC 7064, MOD 37,36; GB/T 17710); nil where one of the
    /// characters is neither digit nor letter.
    static func check(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt8? {
        var product = 36
        for index in range where bytes[index] != 0x2E {
            let value = OrganisationCode.value(bytes[index])
            guard value >= 0 else { return nil }
            let sum = (product + value) % 36
            product = (sum == 0 ? 36 : sum) * 2 % 37
        }
        let check = (37 - product) % 36
        return UInt8(check < 10 ? 0x30 + check : 0x41 + check - 10)
    }
}
