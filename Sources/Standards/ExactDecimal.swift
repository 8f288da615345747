/// A decimal number as it was written, to the last digit: no binary fraction ever stands in for it.
///
/// Normal form: an optional `-`, no leading zeros, a point only before a fraction, no trailing zeros: `-1234.5`, `0`, `0.07`.
/// It has up to 38 significant digits, as many as SQL's decimals.
public struct ExactDecimal: Sendable, Equatable {
    /// Why a text is not such a number.
    public enum Problem: Error, Sendable, Equatable {
        /// Not a number, or with thousands separators where they do not belong.
        case unreadable
        /// More digits than can be kept.
        case range
    }

    static let digitLimit = 38

    let isNegative: Bool
    let mantissa: UInt128
    /// Digits after the point.
    let scale: Int

    init(isNegative: Bool, mantissa: UInt128, scale: Int) {
        var mantissa = mantissa
        var scale = scale
        while scale > 0, let quotient = Self.tenth(mantissa) {
            mantissa = quotient
            scale -= 1
        }
        self.isNegative = isNegative && mantissa > 0
        self.mantissa = mantissa
        self.scale = mantissa == 0 ? 0 : scale
    }

    /// A tenth of a number that ends in zero; in 64 bits where they suffice, because 128 are slow to divide.
    private static func tenth(_ value: UInt128) -> UInt128? {
        if let small = UInt64(exactly: value) {
            return small % 10 == 0 ? UInt128(small / 10) : nil
        }
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 10)
        return remainder == 0 ? quotient : nil
    }

    /// Reads a trimmed ASCII text: `1234.50`, `1,234.50`, `+3`, `.5`, `1.2e4`.
    public init(reading bytes: Span<UInt8>) throws(Problem) {
        var index = 0
        let isNegative = bytes.count > 0 && bytes[0] == 0x2D
        if isNegative || (bytes.count > 0 && bytes[0] == 0x2B) { index = 1 }
        var digits = Digits()
        try Self.readInteger(bytes, &index, &digits)
        let whole = digits.count
        var scale = 0
        if index < bytes.count, bytes[index] == 0x2E {
            index += 1
            while index < bytes.count, digitValue(bytes[index]) >= 0 {
                try digits.append(digitValue(bytes[index]))
                scale += 1
                index += 1
            }
        }
        guard whole + scale > 0 else { throw .unreadable }
        scale -= try Self.readExponent(bytes, &index)
        guard index == bytes.count else { throw .unreadable }
        self = try Self.shifted(digits.value, scale: scale, isNegative: isNegative)
    }

    /// The digits before the point; separators, once there is one, must stand before every group of three.
    private static func readInteger(
        _ bytes: Span<UInt8>, _ index: inout Int, _ digits: inout Digits
    ) throws(Problem) {
        var group = 0
        var isGrouped = false
        while index < bytes.count {
            let value = digitValue(bytes[index])
            if value >= 0 {
                try digits.append(value)
                group += 1
            } else if bytes[index] == 0x2C {
                guard group >= 1, isGrouped ? group == 3 : group <= 3 else { throw .unreadable }
                isGrouped = true
                group = 0
            } else {
                break
            }
            index += 1
        }
        guard !isGrouped || group == 3 else { throw .unreadable }
    }

    private static func readExponent(_ bytes: Span<UInt8>, _ index: inout Int) throws(Problem) -> Int {
        guard index < bytes.count, bytes[index] | 0x20 == 0x65 else { return 0 }
        index += 1
        guard index < bytes.count else { throw .unreadable }
        let isNegative = bytes[index] == 0x2D
        if isNegative || bytes[index] == 0x2B { index += 1 }
        let run = digitRun(bytes, from: index)
        guard run >= 1 else { throw .unreadable }
        guard run <= 4 else { throw .range }
        let value = number(bytes, index..<index + run)
        index += run
        return isNegative ? -value : value
    }

    static func shifted(_ mantissa: UInt128, scale: Int, isNegative: Bool) throws(Problem) -> ExactDecimal {
        guard mantissa > 0 else { return ExactDecimal(isNegative: false, mantissa: 0, scale: 0) }
        var mantissa = mantissa
        var scale = scale
        while scale < 0 {
            mantissa = try product(mantissa, 10)
            scale += 1
        }
        let decimal = ExactDecimal(isNegative: isNegative, mantissa: mantissa, scale: scale)
        guard decimal.scale <= digitLimit else { throw .range }
        return decimal
    }

    static func product(_ value: UInt128, _ factor: UInt128) throws(Problem) -> UInt128 {
        let (result, overflow) = value.multipliedReportingOverflow(by: factor)
        guard !overflow, result < limit else { throw .range }
        return result
    }

    /// 10^38, the least number that has too many digits.
    static let limit: UInt128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

    /// The number as a 64-bit integer.
    ///
    /// - Throws: `unreadable` where it has a fraction, `range` where it is too great.
    public func integer() throws(Problem) -> Int64 {
        guard scale == 0 else { throw .unreadable }
        guard mantissa <= UInt128(UInt64.max) else { throw .range }
        let magnitude = UInt64(mantissa)
        guard isNegative else {
            guard let value = Int64(exactly: magnitude) else { throw .range }
            return value
        }
        guard magnitude <= UInt64(Int64.max) + 1 else { throw .range }
        return Int64(truncatingIfNeeded: 0 &- magnitude)
    }

    /// Appends the normal form.
    public func append(to output: inout [UInt8]) {
        if isNegative { output.append(0x2D) }
        let start = output.count
        var rest = mantissa
        var written = 0
        while rest > 0 || written <= scale {
            if written == scale, scale > 0 { output.append(0x2E) }
            let digit: UInt8
            if let small = UInt64(exactly: rest) {
                digit = UInt8(truncatingIfNeeded: small % 10)
                rest = UInt128(small / 10)
            } else {
                digit = UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            output.append(0x30 + digit)
            written += 1
        }
        // Reversing a slice would make a copy of it first.
        var (left, right) = (start, output.count - 1)
        while left < right {
            output.swapAt(left, right)
            (left, right) = (left + 1, right - 1)
        }
    }
}

/// Decimal digits on their way to a number: leading zeros do not count against the limit.
struct Digits {
    private(set) var value: UInt128 = 0
    private var small: UInt64 = 0
    private(set) var count = 0
    private var significant = 0

    init() {}

    mutating func append(_ digit: Int) throws(ExactDecimal.Problem) {
        count += 1
        if significant == 0, digit == 0 { return }
        significant += 1
        guard significant <= ExactDecimal.digitLimit else { throw .range }
        if significant <= 18 {
            small = small * 10 + UInt64(digit)
            value = UInt128(small)
        } else {
            value = value * 10 + UInt128(digit)
        }
    }
}

extension ExactDecimal {
    /// Whether a text already is the normal form of a number of up to 18 digits, so that it can be copied.
    public static func isNormal(_ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        guard count > 0, count <= 18 else { return false }
        var index = bytes[0] == 0x2D ? 1 : 0
        let whole = index
        while index < count, digitValue(bytes[index]) >= 0 { index += 1 }
        guard index > whole, bytes[whole] != 0x30 || index == whole + 1 else { return false }
        if index == count { return whole == 0 || bytes[whole] != 0x30 }
        guard bytes[index] == 0x2E, index + 1 < count else { return false }
        return isDigits(bytes, index + 1..<count) && bytes[count - 1] != 0x30
    }

    /// Compares two numbers in normal form by value, without reading them: for a store's sorting.
    ///
    /// - Returns: negative, zero or positive as the left is less, equal or greater. Any texts have an order, so that a
    ///   database's collation stays consistent whatever it is given.
    public static func compareNormal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let leftNegative = left.count > 0 && left[0] == 0x2D
        let rightNegative = right.count > 0 && right[0] == 0x2D
        if leftNegative != rightNegative { return leftNegative ? -1 : 1 }
        let sign = leftNegative ? -1 : 1
        let start = leftNegative ? 1 : 0
        let leftWhole = wholeEnd(left, start)
        let rightWhole = wholeEnd(right, start)
        if leftWhole != rightWhole { return leftWhole < rightWhole ? -sign : sign }
        var index = start
        while index < left.count, index < right.count {
            if left[index] != right[index] { return left[index] < right[index] ? -sign : sign }
            index += 1
        }
        if left.count == right.count { return 0 }
        return left.count < right.count ? -sign : sign
    }

    private static func wholeEnd(_ bytes: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x2E { index += 1 }
        return index
    }
}
