/// A telephone number of the mainland (电信网编号计划, 2017), or one of abroad that says so (ITU-T E.164).
///
/// Normal form: a mobile number in its 11 digits, `13812341234`; one of a landline with its area, `0731-88887777`, or
/// without where none was given, an extension after another hyphen; service numbers in their digits, `4008001234`,
/// `12345`; others with `+` and their country, `+85223456789`.
public enum PhoneNumber {
    /// The text is not one such number.
    public struct Unreadable: Error, Sendable, Equatable {
        public init() {}
    }

    /// A number as it was written.
    private struct Written {
        var digits = PhoneDigits()
        /// How many digits stood before the last hyphen.
        var hyphen: Int?
        var isInternational = false
        /// What stood after a word for "extension".
        var extensionNumber = PhoneDigits()
    }

    /// Checks a number and appends its normal form.
    ///
    /// - Parameter bytes: trimmed, full-width forms folded: `+86 138-1234-1234`, `(0731)88887777转801`.
    /// - Throws: where it is none; nothing is appended then.
    public static func normalize(_ bytes: Span<UInt8>, into output: inout [UInt8]) throws(Unreadable) {
        var written = try read(bytes)
        if !written.isInternational, isWhole(written) { return written.digits.append(to: &output) }
        try stripCountry(&written)
        if written.isInternational {
            // ITU-T E.164 §6.2.1: no country's code begins with 0.
            guard written.extensionNumber.count == 0, (7...15).contains(written.digits.count), written.digits[0] > 0
            else {
                throw Unreadable()
            }
            output.append(0x2B)
            return written.digits.append(to: &output)
        }
        // 0731-88887777-801 has an extension, 0731-8888-7777 has not: what stands before the hyphen tells.
        if written.extensionNumber.count == 0, let hyphen = written.hyphen, hyphen < written.digits.count,
            written.digits.count - hyphen <= 6, let area = areaLength(written.digits.prefix(hyphen))
        {
            written.extensionNumber = written.digits.dropFirst(hyphen)
            written.digits = written.digits.prefix(hyphen)
            appendLandline(written, area: area, to: &output)
        } else if let area = areaLength(written.digits) {
            appendLandline(written, area: area, to: &output)
        } else if isWhole(written) {
            written.digits.append(to: &output)
        } else {
            throw Unreadable()
        }
    }

    private static func appendLandline(_ written: Written, area: Int, to output: inout [UInt8]) {
        if area > 0 {
            written.digits.prefix(area).append(to: &output)
            output.append(0x2D)
        }
        written.digits.dropFirst(area).append(to: &output)
        guard written.extensionNumber.count > 0 else { return }
        output.append(0x2D)
        written.extensionNumber.append(to: &output)
    }

    /// Mobile numbers (1[3-9], 11 digits), 400 and 800 (10 digits), and short ones: 110, 12345, 95588, 962288.
    private static func isWhole(_ written: Written) -> Bool {
        let digits = written.digits
        guard written.extensionNumber.count == 0 else { return false }
        switch digits.count {
        case 11: return digits[0] == 1 && digits[1] >= 3
        case 10: return (digits[0] == 4 || digits[0] == 8) && digits[1] == 0 && digits[2] == 0
        case 3: return digits[0] == 1
        case 5, 6: return digits[0] == 1 || (digits[0] == 9 && (digits[1] == 5 || digits[1] == 6))
        default: return false
        }
    }

    /// How many digits the area of a landline has: 010, 02x, 0[3-9]xx, or none; nil where the digits are no landline. The
    /// number itself has 7 or 8 digits, and neither 0 nor 1 begins it.
    private static func areaLength(_ digits: PhoneDigits) -> Int? {
        var area = 0
        if digits.count > 4, digits[0] == 0 {
            guard digits[1] > 1 || (digits[1] == 1 && digits[2] == 0) else { return nil }
            area = digits[1] < 3 ? 3 : 4
        }
        let length = digits.count - area
        return (length == 7 || length == 8) && digits[area] >= 2 ? area : nil
    }

    /// Takes `+86`, `0086` and, before a mobile number, `86` away; a landline then gets the 0 back that callers from
    /// abroad leave out.
    private static func stripCountry(_ written: inout Written) throws(Unreadable) {
        var taken = 0
        if !written.isInternational, written.digits.count > 4, written.digits[0] == 0, written.digits[1] == 0 {
            written.isInternational = true
            taken = 2
        }
        let rest = written.digits.dropFirst(taken)
        let isMainland = rest.count > 4 && rest[0] == 8 && rest[1] == 6
        guard isMainland, written.isInternational || (rest.count == 13 && rest[2] == 1) else {
            written.digits = rest
            return
        }
        written.isInternational = false
        written.digits = rest.dropFirst(2)
        written.hyphen = written.hyphen.flatMap { $0 >= taken + 2 ? $0 - taken - 2 : nil }
        let isLandline = written.digits[0] != 0 && !isWhole(written)
        guard isLandline else { return }
        written.digits = written.digits.afterZero
        written.hyphen = written.hyphen.map { $0 + 1 }
    }

    private static func read(_ bytes: Span<UInt8>) throws(Unreadable) -> Written {
        var written = Written()
        var index = 0
        if bytes.count > 0, bytes[0] == 0x2B {
            written.isInternational = true
            index = 1
        }
        while index < bytes.count {
            let byte = bytes[index]
            if digitValue(byte) >= 0 {
                try written.digits.append(digitValue(byte))
            } else if let length = extensionMark(bytes, at: index) {
                written.extensionNumber = try extensionNumber(bytes, from: index + length)
                break
            } else if byte == 0x2D {
                // 86-0731-88887777 names the country too.
                if index == 2, bytes[0] == 0x38, bytes[1] == 0x36 { written.isInternational = true }
                written.hyphen = written.digits.count
            } else if byte != 0x20, byte != 0x28, byte != 0x29 {
                throw Unreadable()
            }
            index += 1
        }
        guard written.digits.count >= 3 else { throw Unreadable() }
        return written
    }

    private static let marks = ["转", "分机", "ext.", "ext", "EXT", "x", "X", "#", "*"].map { Array($0.utf8) }

    private static func extensionMark(_ bytes: Span<UInt8>, at index: Int) -> Int? {
        guard index > 0 else { return nil }
        for mark in marks where index + mark.count <= bytes.count {
            var length = 0
            while length < mark.count, bytes[index + length] == mark[length] { length += 1 }
            if length == mark.count { return length }
        }
        return nil
    }

    /// The 1 to 6 digits of an extension, blanks around them.
    private static func extensionNumber(_ bytes: Span<UInt8>, from start: Int) throws(Unreadable) -> PhoneDigits {
        var digits = PhoneDigits()
        for index in start..<bytes.count where bytes[index] != 0x20 {
            guard digitValue(bytes[index]) >= 0 else { throw Unreadable() }
            try digits.append(digitValue(bytes[index]))
        }
        guard (1...6).contains(digits.count) else { throw Unreadable() }
        return digits
    }
}

/// Up to 24 digits, leading zeros included, without an allocation.
private struct PhoneDigits {
    /// Four bits a digit, the last digit lowest.
    private var packed: UInt128 = 0
    private(set) var count = 0

    subscript(_ index: Int) -> Int { Int(packed >> UInt128((count - 1 - index) * 4) & 15) }

    mutating func append(_ digit: Int) throws(PhoneNumber.Unreadable) {
        guard count < 24 else { throw PhoneNumber.Unreadable() }
        packed = packed << 4 | UInt128(digit)
        count += 1
    }

    func prefix(_ length: Int) -> PhoneDigits {
        var digits = self
        digits.packed >>= UInt128((count - length) * 4)
        digits.count = length
        return digits
    }

    func dropFirst(_ length: Int) -> PhoneDigits {
        var digits = self
        digits.count = count - length
        digits.packed &= (1 << UInt128(digits.count * 4)) - 1
        return digits
    }

    /// The same digits behind a 0.
    var afterZero: PhoneDigits {
        var digits = self
        digits.count += 1
        return digits
    }

    func append(to output: inout [UInt8]) {
        for index in 0..<count { output.append(UInt8(0x30 + self[index])) }
    }
}
