import Model
import Standards
import Testing

@testable import Normalizing

/// What holds for every type, tried with many values of each.
@Suite struct PropertyTests {
    /// Types whose values are written in ASCII and read in full-width forms too.
    static let types = FieldType.allCases.filter { !$0.isSpatial && $0 != .text }

    @Test(arguments: types)
    func normalFormsStayAndVariantsAgree(_ type: FieldType) throws {
        var random = Repeatable()
        let values = (0..<400).map { _ in ValidValue.make(type, &random) }
        let variants = values.flatMap { [$0, wide($0), " \t\u{3000}" + $0 + "\u{FEFF}\n", wide(" " + $0)] }
        let typed = entry([field("k"), field("v", type)])
        let batch = try normalize(typed, variants.map { ["k", .text($0)] })
        #expect(batch.findings.isEmpty, "\(batch.findings.first.map { "\($0.value ?? "") \($0.rule)" } ?? "")")
        for (number, value) in values.enumerated() {
            for variant in 0..<4 { #expect(batch.string(number * 4 + variant, 1) == value) }
            // What is in normal form was not converted.
            #expect(batch.heads[number * 4].originals.isEmpty && batch.heads[number * 4 + 2].originals.isEmpty)
            #expect(!batch.heads[number * 4 + 1].originals.isEmpty)
        }
    }

    /// Whatever comes out of a mutilated value can go in again and comes out the same.
    @Test(arguments: FieldType.allCases.filter { !$0.isSpatial })
    func whatIsReadStays(_ type: FieldType) throws {
        var random = Repeatable()
        let signs = Array("0123456789-+/.:,TZxX年月日十〇转（）　ＡＮ是 \u{200B}\u{E000}\u{FFFD}\u{1}é😀".unicodeScalars)
        let values = (0..<3_000).map { _ in
            var value = Array(ValidValue.make(type, &random).unicodeScalars)
            for _ in 0..<Int.random(in: 1...3, using: &random) where !value.isEmpty {
                let index = Int.random(in: value.indices, using: &random)
                let sign = signs.randomElement(using: &random) ?? "0"
                switch Int.random(in: 0..<4, using: &random) {
                case 0: value[index] = sign
                case 1: value.insert(sign, at: index)
                case 2: value.remove(at: index)
                default: value.removeSubrange(index...)
                }
            }
            return String(String.UnicodeScalarView(value))
        }
        let typed = entry([field("k"), field("v", type)])
        let once = try normalize(typed, values.map { ["k", .text($0)] })
        #expect(once.count == values.count)
        let read = (0..<once.count).map { once.string($0, 1) }
        let twice = try normalize(typed, read.map { ["k", $0.map { .text($0) } ?? .null] })
        for number in 0..<once.count { #expect(twice.string(number, 1) == read[number], "\(values[number])") }
        #expect(!twice.findings.contains { $0.severity == .error })
    }

    private func wide(_ text: String) -> String {
        var wide = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x20: wide.append("\u{3000}")
            case 0x21...0x7E: wide.append(Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar)
            default: wide.append(scalar)
            }
        }
        return String(wide)
    }
}

/// Values in normal form.
enum ValidValue {
    static func make(_ type: FieldType, _ random: inout Repeatable) -> String {
        switch type {
        case .text: "张" + letters(3, &random) + "é"
        case .integer: String(Int64.random(in: .min ... .max, using: &random))
        case .decimal:
            String(Int.random(in: -99_999_999...99_999_999, using: &random)) + "." + digits(5, &random) + "7"
        case .boolean: Bool.random(using: &random) ? "1" : "0"
        case .date: day(&random)
        case .datetime:
            day(&random) + "T" + two(24, &random) + ":" + two(60, &random) + ":" + two(60, &random)
                + (Bool.random(using: &random) ? ".5" : "") + "+08:00"
        case .code: letters(4, &random)
        case .division: digits([6, 9, 12].randomElement(using: &random) ?? 6, &random)
        case .uscc: checked(["91", "N2"], &random)
        case .citizenID: citizen(&random)
        case .organisationCode: organisation(&random)
        case .phone: phone(&random)
        case .url:
            "https://" + letters(5, &random).lowercased() + ".gov.cn:8443/" + letters(4, &random) + "?a="
                + digits(3, &random)
        case .certificateID: certificate(&random)
        case .certificateType: checked(["11"], &random) + digits(3, &random)
        case .realEstateUnit:
            digits(12, &random) + "GB" + digits(5, &random)
                + (Bool.random(using: &random) ? "" : "F" + digits(8, &random))
        case .point, .geometry: #"{"type":"Point","coordinates":[112.82,28.36]}"#
        }
    }

    static func digits(_ count: Int, _ random: inout Repeatable) -> String {
        String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" })
    }

    static func letters(_ count: Int, _ random: inout Repeatable) -> String {
        String((0..<count).map { _ in "0123456789ABCDEFGHJKLMNPQRTUWXY".randomElement(using: &random) ?? "0" })
    }

    private static func two(_ limit: Int, _ random: inout Repeatable) -> String {
        let value = Int.random(in: 0..<limit, using: &random)
        return (value < 10 ? "0" : "") + String(value)
    }

    private static func day(_ random: inout Repeatable, until last: Int = 100_000) -> String {
        var bytes: [UInt8] = []
        CalendarDate(dayNumber: Int.random(in: -100_000...last, using: &random))?.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func citizen(_ random: inout Repeatable) -> String {
        // Nobody is born after 2024-10-04 here: a birth to come is remarked on.
        let body = digits(6, &random) + day(&random, until: 20_000).filter { $0 != "-" } + digits(3, &random)
        return body + character(CitizenID.checkDigit(Array(body.utf8).span))
    }

    private static func organisation(_ random: inout Repeatable) -> String {
        let body = letters(8, &random)
        return body + character(OrganisationCode.checkDigit(Array(body.utf8).span))
    }

    private static func checked(_ registrars: [String], _ random: inout Repeatable) -> String {
        let body = (registrars.randomElement(using: &random) ?? "91") + digits(6, &random) + organisation(&random)
        return body + character(CreditCode.checkDigit(Array(body.utf8).span))
    }

    private static func phone(_ random: inout Repeatable) -> String {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: "138" + digits(8, &random)
        case 1: "0731-8" + digits(7, &random)
        case 2: "010-6" + digits(7, &random) + "-" + digits(3, &random)
        default: "+8522" + digits(7, &random)
        }
    }

    private static func certificate(_ random: inout Repeatable) -> String {
        let body = letters(21, &random) + "." + letters(18, &random) + "." + letters(9, &random) + ".001"
        let root = "1.2.156.3005.2."
        for check in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" {
            var output: [UInt8] = []
            let whole = Array((root + body + "." + String(check)).utf8)
            if (try? CertificateID.normalize(whole.span, into: &output)) == true {
                return root + body + "." + String(check)
            }
        }
        return ""
    }

    private static func character(_ byte: UInt8?) -> String { String(UnicodeScalar(byte ?? 0)) }
}
