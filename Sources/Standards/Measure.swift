/// A unit of measure as departments write it, and what one of it is in the base unit of its kind (GB 3100, GB 3102).
public struct Measure: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case money, area, length, mass, volume, people, households, pieces, share
    }

    let kind: Kind
    /// The factor is numerator / denominator × 10^exponent.
    let numerator: Int
    let denominator: Int
    let exponent: Int

    private init(_ kind: Kind, _ exponent: Int, numerator: Int = 1, denominator: Int = 1) {
        self.kind = kind
        self.exponent = exponent
        self.numerator = numerator
        self.denominator = denominator
    }

    /// - Parameter name: Chinese or symbol: `万元`, `公顷`, `km²`.
    /// - Returns: nil for a unit that is not known (`Measure.names` lists those that are).
    public init?(_ name: String) {
        guard let measure = Self.known[name] else { return nil }
        self = measure
    }

    /// The names of all units that are known.
    public static var names: [String] { known.keys.sorted() }

    private static let known: [String: Measure] = {
        // A mu is a fifteenth of a hectare.
        let mu = Measure(.area, 3, numerator: 2, denominator: 3)
        var table: [String: Measure] = ["亩": mu, "mu": mu, "万亩": Measure(.area, 7, numerator: 2, denominator: 3)]
        let powers: [(Kind, [(Int, [String])])] = [
            (
                .money,
                [
                    (0, ["元", "yuan"]), (-1, ["角"]), (-2, ["分"]), (3, ["千元"]), (4, ["万元"]), (6, ["百万元"]),
                    (8, ["亿元"]),
                ]
            ),
            (
                .area,
                [
                    (0, ["平方米", "m²", "m2"]), (4, ["公顷", "ha"]),
                    (6, ["平方公里", "平方千米", "km²", "km2"]),
                ]
            ),
            (
                .length,
                [
                    (0, ["米", "m"]), (3, ["公里", "千米", "km"]), (-1, ["分米", "dm"]), (-2, ["厘米", "cm"]),
                    (-3, ["毫米", "mm"]),
                ]
            ),
            (.mass, [(0, ["千克", "公斤", "kg"]), (-3, ["克", "g"]), (3, ["吨", "t"]), (7, ["万吨"])]),
            (.volume, [(0, ["立方米", "m³", "m3"]), (-3, ["升", "L"]), (4, ["万立方米"])]),
            (.people, [(0, ["人"]), (4, ["万人"])]),
            (.households, [(0, ["户"]), (4, ["万户"])]),
            (.pieces, [(0, ["个"]), (4, ["万个"])]),
            (.share, [(0, ["1"]), (-2, ["%", "百分比"]), (-3, ["‰"])]),
        ]
        for (kind, units) in powers {
            for (exponent, names) in units {
                for name in names { table[name] = Measure(kind, exponent) }
            }
        }
        return table
    }()
}

/// What a number is multiplied by to be of another unit: a shift of the decimal point, and a fraction where mu are involved.
public struct MeasureConversion: Sendable, Equatable {
    let numerator: UInt128
    let denominator: UInt128
    let shift: Int

    /// - Returns: nil where the two do not measure the same quantity.
    public init?(from: Measure, to: Measure) {
        guard from.kind == to.kind else { return nil }
        var above = from.numerator * to.denominator
        var below = from.denominator * to.numerator
        for prime in [2, 3] {
            while above % prime == 0, below % prime == 0 {
                above /= prime
                below /= prime
            }
        }
        numerator = UInt128(above)
        denominator = UInt128(below)
        shift = from.exponent - to.exponent
    }
}

extension ExactDecimal {
    /// Decimals that a quotient without end (亩 to 平方米) is rounded to, half away from zero.
    public static let quotientScale = 6

    /// The number in another unit: exact wherever the result has an end.
    public func converted(by conversion: MeasureConversion) throws(Problem) -> ExactDecimal {
        var mantissa = try Self.product(self.mantissa, conversion.numerator)
        var scale = self.scale - conversion.shift
        guard conversion.denominator > 1 else {
            return try Self.shifted(mantissa, scale: scale, isNegative: isNegative)
        }
        // Halves end, thirds do not.
        let hasEnd = conversion.denominator & (conversion.denominator - 1) == 0
        while mantissa % conversion.denominator != 0, hasEnd || scale < max(self.scale, Self.quotientScale) {
            mantissa = try Self.product(mantissa, 10)
            scale += 1
        }
        let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: conversion.denominator)
        let rounded = remainder * 2 >= conversion.denominator ? quotient + 1 : quotient
        return try Self.shifted(rounded, scale: scale, isNegative: isNegative)
    }
}
