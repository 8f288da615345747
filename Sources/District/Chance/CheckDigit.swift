/// The last characters of national identifiers: what a checker verifies, computed for records that have none yet.
///
/// By the standards' tables and not by the code of `Standards`: a mistake there must not make its own evidence.
enum CheckDigit {
    private static let citizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    private static let citizenDigits = Array("10X98765432".utf8)
    private static let organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]
    private static let creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

    /// The characters that GB 32100-2015 uses: no I, O, S, V, Z.
    static let creditAlphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    private static let creditValues: [Int] = {
        var values = [Int](repeating: 0, count: 128)
        for (value, character) in creditAlphabet.enumerated() { values[Int(character)] = value }
        return values
    }()

    /// The 18th of a citizen id, from its first 17 digits (GB 11643-1999).
    static func citizen(_ digits: some Sequence<UInt8>) -> UInt8 {
        let sum = zip(digits, citizenWeights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return citizenDigits[sum % 11]
    }

    /// The 9th of an organisation code, from its first eight characters (GB 11714-1997).
    static func organisation(_ characters: some Sequence<UInt8>) -> UInt8 {
        let sum = zip(characters, organisationWeights).reduce(0) { sum, pair in
            sum + Int(pair.0 < 58 ? pair.0 - 48 : pair.0 - 55) * pair.1
        }
        switch 11 - sum % 11 {
        case 10: return UInt8(ascii: "X")
        case 11: return UInt8(ascii: "0")
        case let digit: return 48 + UInt8(digit)
        }
    }

    /// The last of an electronic licence's identifier, from its digits and letters without dots (ISO 7064 MOD 37,36).
    static func certificate(_ characters: some Sequence<UInt8>) -> UInt8 {
        let product = characters.reduce(36) { product, character in
            let sum = (product + Int(character < 58 ? character - 48 : character - 55)) % 36
            return (sum == 0 ? 36 : sum) * 2 % 37
        }
        let value = UInt8((37 - product) % 36)
        return value < 10 ? 48 + value : 55 + value
    }

    /// The 18th of a unified social credit code, from its first 17 characters (GB 32100-2015).
    static func credit(_ characters: some Sequence<UInt8>) -> UInt8 {
        let sum = zip(characters, creditWeights).reduce(0) { $0 + creditValues[Int($1.0)] * $1.1 }
        return creditAlphabet[(31 - sum % 31) % 31]
    }
}
