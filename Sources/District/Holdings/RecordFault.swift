/// A way in which departments' records are wrong, and how often.
struct RecordFault: Sendable {
    let name: String
    /// How likely it is among the faults of its listing.
    let weight: Int
    /// Whether a reader must refuse the record, because its key cannot be had.
    let isFatal: Bool
    let apply: @Sendable (inout Row, inout SplitMix64) -> Void

    init(
        _ name: String, weight: Int = 10, isFatal: Bool = false,
        _ apply: @escaping @Sendable (inout Row, inout SplitMix64) -> Void
    ) {
        self.name = name
        self.weight = weight
        self.isFatal = isFatal
        self.apply = apply
    }

    /// Puts one of the faults, chosen by weight, into the row.
    static func spoil(_ row: inout Row, with faults: [RecordFault], _ chance: inout SplitMix64) {
        var rest = chance.number(0...faults.reduce(0) { $0 + $1.weight } - 1)
        for fault in faults {
            rest -= fault.weight
            guard rest < 0 else { continue }
            fault.apply(&row, &chance)
            row.fault = fault.name
            return
        }
    }
}

// The faults that any listing may have; the field is the listing's.
extension RecordFault {
    static func missing(_ field: String, weight: Int = 10, isFatal: Bool = false) -> RecordFault {
        RecordFault("missing \(field)", weight: weight, isFatal: isFatal) { row, _ in row[field] = nil }
    }

    static func blank(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("blank \(field)", weight: weight) { row, chance in
            row.set(field, .text(chance.pick(["", " ", "　", "无", "/"])))
        }
    }

    static func one(of values: [String], in field: String, weight: Int = 10) -> RecordFault {
        RecordFault("odd \(field)", weight: weight) { row, chance in row.set(field, .text(chance.pick(values))) }
    }

    /// 20210520, 2021/5/20, 2021年5月20日 instead of 2021-05-20.
    static func dateStyle(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("date style of \(field)", weight: weight) { row, chance in
            let parts = (row[field] ?? "").split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3 else { return }
            let date = CivilDate(year: parts[0], month: parts[1], day: parts[2])
            row.set(
                field,
                .text(
                    chance.pick([
                        date.compact, "\(date.year)/\(date.month)/\(date.day)",
                        "\(date.year)年\(date.month)月\(date.day)日",
                        date.dashed + " 00:00:00",
                    ])))
        }
    }

    static func fullWidth(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("full-width \(field)", weight: weight) { row, _ in
            if let text = row[field] { row.set(field, .text(FullWidth.text(text))) }
        }
    }

    static func padded(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("blanks around \(field)", weight: weight) { row, _ in row[field] = row[field].map { "　\($0) " } }
    }

    static func wrongCheck(_ field: String, weight: Int, isFatal: Bool) -> RecordFault {
        RecordFault("wrong check digit of \(field)", weight: weight, isFatal: isFatal) { row, _ in
            guard var text = row[field], let last = text.popLast() else { return }
            row[field] = text + (last == "7" ? "3" : "7")
        }
    }

    static func lowerCase(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("lower-case \(field)", weight: weight) { row, _ in row[field] = row[field]?.lowercased() }
    }

    /// A check character x where it is X; otherwise the digits in full width.
    static func lowerCaseX(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("lower-case x in \(field)", weight: weight) { row, _ in
            row[field] = row[field].map { $0.hasSuffix("X") ? $0.lowercased() : FullWidth.text($0) }
        }
    }

    /// Fifteen digits, as on the first generation of cards: no century, no check digit.
    static func fifteenDigits(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("15 digits in \(field)", weight: weight) { row, _ in
            guard let id = row[field], id.count == 18, id.dropFirst(6).hasPrefix("19") else { return }
            row[field] = String(id.prefix(6) + id.dropFirst(8).dropLast())
        }
    }

    /// The division's code of before 2011, when the district was a county: towns have kept their ends, streets are newer.
    static func formerDivision(_ field: String, weight: Int = 10) -> RecordFault {
        RecordFault("former division in \(field)", weight: weight) { row, _ in
            row[field] = row[field].map { code in
                let isTown = Words.divisions.contains { $0.isTown && $0.code == code }
                return Words.formerDistrict + (isTown ? String(code.dropFirst(6)) : "000000")
            }
        }
    }
}

/// Digits and letters as an input method for Chinese leaves them.
enum FullWidth {
    static func text(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    guard (33...126).contains(scalar.value) else { return scalar }
                    return Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar
                }))
    }
}
