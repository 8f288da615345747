/// Characters that GBK kept in Unicode's private use area until Unicode had them (GB 18030-2022).
///
/// Systems that decode with a vendor's table of GBK, or with GB 18030-2000 or -2005, still send them: a village's name then
/// looks right on the department's screens only. Private characters that no standard knows are a department's own
/// (造字), and no table says what they are.
public enum PrivateUse {
    /// The character that a private one stands for; nil where GB 18030-2022 gives none.
    public static func character(for scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0xE76C: 0x20AC
        case 0xE78D: 0xFE10
        case 0xE78E: 0xFE12
        case 0xE78F: 0xFE11
        case 0xE790...0xE796: 0xFE13 + scalar - 0xE790
        case 0xE7C7: 0x1E3F
        case 0xE7C8: 0x01F9
        case 0xE7E7: 0x303E
        case 0xE7E8...0xE7F3: 0x2FF0 + scalar - 0xE7E8
        case 0xE815...0xE864: components[Int(scalar - 0xE815)]
        default: nil
        }
    }

    /// Positions FE50 to FEA0 of GBK: components of characters, and characters that Unicode took up late.
    private static let components: [UInt32] = [
        0x2E81, 0x20087, 0x20089, 0x200CC, 0x2E84, 0x3473, 0x3447, 0x2E88, 0x2E8B, 0x9FB4, 0x359E, 0x361A, 0x360E,
        0x2E8C, 0x2E97, 0x396E, 0x3918, 0x9FB5, 0x39CF, 0x39DF, 0x3A73, 0x39D0, 0x9FB6, 0x9FB7, 0x3B4E, 0x3C6E,
        0x3CE0, 0x2EA7, 0x215D7, 0x9FB8, 0x2EAA, 0x4056, 0x415F, 0x2EAE, 0x4337, 0x2EB3, 0x2EB6, 0x2EB7, 0x2298F,
        0x43B1, 0x43AC, 0x2EBB, 0x43DD, 0x44D6, 0x4661, 0x464C, 0x9FB9, 0x4723, 0x4729, 0x477C, 0x478D, 0x2ECA,
        0x4947, 0x497A, 0x497D, 0x4982, 0x4983, 0x4985, 0x4986, 0x499F, 0x499B, 0x49B7, 0x49B6, 0x9FBA, 0x241FE,
        0x4CA3, 0x4C9F, 0x4CA0, 0x4CA1, 0x4C77, 0x4CA2, 0x4D13, 0x4D14, 0x4D15, 0x4D16, 0x4D17, 0x4D18, 0x4D19,
        0x4DAE, 0x9FBB,
    ]

    /// Whether a character belongs to one of the three private use areas.
    @inline(__always)
    static func contains(_ scalar: UInt32) -> Bool {
        (0xE000...0xF8FF).contains(scalar) || scalar >= 0xF0000
    }

    /// Appends a text with those characters replaced that stand for another.
    ///
    /// - Returns: whether private characters are left.
    public static func replace(in bytes: Span<UInt8>, into output: inout [UInt8]) -> Bool {
        var isLeft = false
        var index = 0
        while index < bytes.count {
            let (scalar, length) = UTF8Scalar.read(bytes, at: index)
            if contains(scalar) {
                if let character = character(for: scalar), let scalar = Unicode.Scalar(character) {
                    output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
                    index += length
                    continue
                }
                isLeft = true
            }
            for position in index..<index + length { output.append(bytes[position]) }
            index += length
        }
        return isLeft
    }
}
