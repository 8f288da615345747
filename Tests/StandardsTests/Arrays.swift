@testable import Standards

// The macros of Testing take no spans: these take arrays.

extension CitizenID {
    static func checkDigit(_ bytes: [UInt8]) -> UInt8? { checkDigit(bytes.span) }
}

extension CreditCode {
    static func checkDigit(_ bytes: [UInt8]) -> UInt8? { checkDigit(bytes.span) }
}

extension OrganisationCode {
    static func checkDigit(_ bytes: [UInt8]) -> UInt8? { checkDigit(bytes.span) }
}

extension ExactDecimal {
    init(reading bytes: [UInt8]) throws(Problem) { try self.init(reading: bytes.span) }
    static func isNormal(_ bytes: [UInt8]) -> Bool { isNormal(bytes.span) }
    static func compareNormal(_ left: [UInt8], _ right: [UInt8]) -> Int { compareNormal(left.span, right.span) }
}

extension FullWidth {
    static func fold(_ bytes: [UInt8]) -> [UInt8] { fold(bytes.span) }
}

extension Blank {
    static func trim(_ bytes: [UInt8]) -> Range<Int> { trim(bytes.span) }
}

extension TextScan {
    static func of(_ bytes: [UInt8]) -> TextScan { of(bytes.span) }
}

extension DatePattern {
    func read(_ bytes: [UInt8]) throws(TimeProblem) -> Moment { try read(bytes.span) }
}

extension TimeFormat {
    func read(_ bytes: [UInt8]) throws(TimeProblem) -> Moment { try read(bytes.span) }
}

extension JSONText {
    static func string(_ bytes: [UInt8], _ index: inout Int) throws(Unexpected) -> [UInt8] {
        try string(bytes.span, &index)
    }
    @discardableResult
    static func value(_ bytes: [UInt8], _ index: inout Int) throws(Unexpected) -> Range<Int> {
        try value(bytes.span, &index)
    }
}
