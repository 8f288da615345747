/// Times as Chinese writes them: `2021年5月20日`, `２０２１－５－２０`, `二〇二一年五月二十日`.
enum ChineseTime {
    private static let endless = ["长期", "长期有效", "永久", "永久有效", "无固定期限", "无期限"].map { Array($0.utf8) }

    /// Whether a text says that something ends never: registers write 长期 where others write 9999-12-31.
    static func isWithoutEnd(_ bytes: Span<UInt8>) -> Bool {
        endless.contains { word in
            word.count == bytes.count && word.indices.allSatisfy { word[$0] == bytes[$0] }
        }
    }

    private static let signs: [(sign: [UInt8], ascii: UInt8)] = [
        ("年", 0x2D), ("月", 0x2D), ("日", 0x20), ("号", 0x20), ("时", 0x3A), ("点", 0x3A), ("分", 0x3A), ("秒", 0x20),
    ].map { (Array($0.0.utf8), $0.1) }

    private static let numerals: [(sign: [UInt8], value: Int)] = [
        ("〇", 0), ("零", 0), ("○", 0), ("一", 1), ("二", 2), ("三", 3), ("四", 4), ("五", 5), ("六", 6), ("七", 7), ("八", 8),
        ("九", 9), ("十", 10),
    ].map { (Array($0.0.utf8), $0.1) }

    /// The ASCII form that a text stands for; what it is not stays, and is refused later.
    static func ascii(_ bytes: Span<UInt8>) -> [UInt8] {
        let folded = FullWidth.fold(bytes)
        var output: [UInt8] = []
        var index = 0
        while index < folded.count {
            if folded[index] < 0x80 {
                output.append(folded[index])
                index += 1
            } else if let sign = signs.first(where: { folded[index...].starts(with: $0.sign) }) {
                output.append(sign.ascii)
                index += 3
            } else if numeral(folded, index) != nil {
                appendNumber(folded, &index, to: &output)
            } else {
                output.append(folded[index])
                index += 1
            }
        }
        while let last = output.last, last == 0x20 || last == 0x3A { output.removeLast() }
        return output
    }

    private static func numeral(_ bytes: [UInt8], _ index: Int) -> Int? {
        index < bytes.count ? numerals.first { bytes[index...].starts(with: $0.sign) }?.value : nil
    }

    /// A run of numerals: digit by digit (二〇二一), or with a ten in it (十, 十二, 二十, 二十一). What is neither stays unreadable.
    private static func appendNumber(_ bytes: [UInt8], _ index: inout Int, to output: inout [UInt8]) {
        var values: [Int] = []
        while let value = numeral(bytes, index) {
            values.append(value)
            index += 3
        }
        guard let ten = values.firstIndex(of: 10) else {
            output += values.map { UInt8(0x30 + $0) }
            return
        }
        let before = values[..<ten]
        let after = values[(ten + 1)...]
        guard before.count < 2, after.count < 2, !(before + after).contains(where: { $0 == 0 || $0 == 10 }) else {
            output.append(0x3F)
            return
        }
        output += Array(String((before.first ?? 1) * 10 + (after.first ?? 0)).utf8)
    }
}
