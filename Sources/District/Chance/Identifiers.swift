/// Identifiers with valid check digits, invented.
enum Identifiers {
    /// An 18-character citizen id (GB 11643).
    static func citizen(area: String, birth: CivilDate, order: Int) -> String {
        sealed(area + birth.compact + padded(order % 1000, 3), with: CheckDigit.citizen)
    }

    /// A unified social credit code (GB 32100): registrar and kind, division, organisation code, check character.
    ///
    /// - Parameter serial: makes the code unique among those of one prefix; below 31 to the power of five.
    static func credit(prefix: String, area: String, organisation: String, serial: Int) -> String {
        var digits: [UInt8] = []
        var rest = serial
        for _ in 0..<(8 - organisation.utf8.count) {
            digits.append(CheckDigit.creditAlphabet[rest % 31])
            rest /= 31
        }
        let eight = organisation + String(decoding: digits.reversed(), as: UTF8.self)
        return sealed(prefix + area + sealed(eight, with: CheckDigit.organisation), with: CheckDigit.credit)
    }

    /// The citizen id of somebody who represents a firm.
    static func representative(_ chance: inout SplitMix64) -> String {
        citizen(area: Words.formerDistrict, birth: .random(1955...1999, &chance), order: chance.number(1...998))
    }

    /// The organisation code within a credit code: its characters 9 to 17.
    static func organisation(in credit: String) -> String { String(credit.dropFirst(8).prefix(9)) }

    /// An identifier of an electronic licence (GB/T 36904-2018): the check character is that of all parts, dots left out.
    static func certificate(type: String, issuer: String, serial: String, version: Int) -> String {
        let parts = [type, issuer, serial, padded(version, 3)]
        let check = String(Unicode.Scalar(CheckDigit.certificate(parts.joined().utf8)))
        return "1.2.156.3005.2." + parts.joined(separator: ".") + "." + check
    }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func sealed(_ text: String, with check: (String.UTF8View) -> UInt8) -> String {
        text + String(Unicode.Scalar(check(text.utf8)))
    }
}
