import Testing

@testable import Standards

@Suite struct IdentifierTests {
    @Test(arguments: [
        ("11010519491231002X", "11010519491231002X"), ("11010519491231002x", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        // 15 digits: 19 inserted, check added.
        ("110105491231002", "11010519491231002X"),
    ])
    func citizenNumbers(_ sample: (String, String)) throws {
        #expect(try citizen(sample.0) == sample.1)
    }

    @Test(arguments: [
        ("1101051949123100", CitizenID.Problem.length), ("11010519491231002A", .characters),
        ("1101051949123100AX", .characters), ("110105194913310029", .birthDate), ("11010519490230002X", .birthDate),
        ("110105194912310021", .checkDigit), ("110105491331002", .birthDate), ("", .length),
    ])
    func wrongCitizenNumbers(_ sample: (String, CitizenID.Problem)) {
        #expect(throws: sample.1) { try citizen(sample.0) }
    }

    @Test func areaIsNeverAReason() throws {
        // 430122 was Wangcheng until 2011, and 999999 never was anything; the number says so and is kept.
        for area in ["430122", "430112", "999999", "000000"] {
            let body = area + "19900307123"
            let check = try #require(CitizenID.checkDigit(Array(body.utf8)))
            let whole = body + String(UnicodeScalar(check))
            #expect(try citizen(whole) == whole)
        }
    }

    @Test(arguments: ["91430112MA4L000035", "N2430112MF0000013K", "114301120061234586"])
    func creditCodes(_ code: String) throws {
        #expect(try credit(code) == code)
        #expect(try credit(code.lowercased()) == code)
        let bytes = Array(code.utf8)
        #expect(OrganisationCode.checkDigit(Array(bytes[8..<16])) == bytes[16])
    }

    @Test(arguments: [
        ("91430112MA4L00003", CreditCode.Problem.length), ("91430112MA4L00O035", .characters),
        ("914301I2MA4L000035", .characters), ("9143011AMA4L000035", .characters),
        ("91430112MA4L000036", .checkDigit), ("91430112MA4L100035", .checkDigit),
    ])
    func wrongCreditCodes(_ sample: (String, CreditCode.Problem)) {
        #expect(throws: sample.1) { try credit(sample.0) }
    }

    @Test func organisationPartIsRemarkedOn() throws {
        // Another check within the code, and the outer check made to fit.
        let body = Array("91430112MA4L00004".utf8)
        let check = try #require(CreditCode.checkDigit(body))
        var output: [UInt8] = []
        let isRegular = try CreditCode.normalize((body + [check]).span, into: &output)
        #expect(!isRegular)
        #expect(output == body + [check])
    }

    @Test func organisationCodes() throws {
        for code in ["600037341", "60003734-1", "D2143569X", "d2143569-x"] {
            #expect(try organisation(code) == code.filter { $0 != "-" }.uppercased())
        }
        for (code, problem) in [
            ("600037342", OrganisationCode.Problem.checkDigit), ("6000373-41", .length), ("60003734", .length),
            ("6000373A-", .characters), ("", .length), ("60003734--", .characters),
        ] {
            #expect(throws: problem) { try organisation(code) }
        }
    }

    @Test func everyChangeOfOneCharacterIsNoticed() throws {
        let valid = Array("91430112MA4L000035".utf8)
        for index in valid.indices {
            for byte in Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8) where byte != valid[index] {
                var changed = valid
                changed[index] = byte
                #expect(throws: CreditCode.Problem.self) { try credit(String(decoding: changed, as: UTF8.self)) }
            }
        }
    }

    @Test func generatedNumbersAreValidAndStay() throws {
        var random = Repeatable()
        for _ in 0..<2_000 {
            let day = try #require(CalendarDate(dayNumber: Int.random(in: -25_000..<20_000, using: &random)))
            var body = Array(String(Int.random(in: 100_000...999_999, using: &random)).utf8)
            var written: [UInt8] = []
            day.append(to: &written)
            body += written.filter { $0 != 0x2D } + Array(String(Int.random(in: 100...999, using: &random)).utf8)
            body.append(try #require(CitizenID.checkDigit(body)))
            let text = String(decoding: body, as: UTF8.self)
            #expect(try citizen(text) == text)
        }
    }
}
