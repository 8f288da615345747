import Model
import Standards
import Testing

@testable import Normalizing

@Suite struct TypeTests {
    @Test(arguments: [
        (Raw.text("  张三　"), "张三"), ("Ａ１ 号", "Ａ１ 号"), ("a\u{1}b", "- text.control-character"),
        ("张\u{E816}", "张\u{20087}"), ("张\u{E000}", "张\u{E000} text.private-use"),
        ("张\u{FFFD}三", "张\u{FFFD}三 text.replacement-character"), ("张\u{200B}三", "张\u{200B}三 text.invisible-character"),
        ("\u{202E}三张\u{202C}", "\u{202E}三张 text.invisible-character"),
        ("\u{E7C7}\u{E000}", "\u{1E3F}\u{E000} text.private-use"),
        (.number("1.50"), "1.50"),
        (.yes, "true"), (.missing, "-"), (.null, "-"), ("", "-"), ("　 ", "-"), (.structure(#"["a"]"#), #"["a"]"#),
    ])
    func text(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v")) == sample.1)
    }

    @Test(arguments: [
        (Raw.number("12"), "12"), ("1,234", "1234"), ("１２", "12"), ("-0", "0"), ("12.0", "12"),
        ("1.5", "- integer.unreadable"),
        ("x", "- integer.unreadable"), ("9223372036854775808", "- integer.range"), (.yes, "- integer.unreadable"),
    ])
    func integer(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .integer)) == sample.1)
    }

    @Test(arguments: [
        (Raw.number("0.2"), "2000"), ("1,000.50", "10005000"), ("2000元", "- decimal.unreadable"),
        ("1e40", "- decimal.range"),
    ])
    func money(_ sample: (Raw, String)) throws {
        let amount = field("v", .decimal, unit: UnitConversion(from: "万元", to: "元"))
        #expect(try result(sample.0, amount) == sample.1)
    }

    @Test(arguments: [
        (Raw.yes, "1"), (.no, "0"), ("是", "1"), ("否", "0"), ("Y", "1"), (.number("0"), "0"), ("TRUE", "1"), ("１", "1"),
        ("无", "0"),
        ("也许", "- boolean.unreadable"), (.number("2"), "- boolean.unreadable"),
    ])
    func boolean(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .boolean)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("2021年5月20日"), "2021-05-20"), (.number("20210520"), "2021-05-20"), ("99991231", "9999-12-31"),
        ("2021-02-30", "- date.impossible"), ("05/20/2021", "- date.unreadable"),
        ("2021-05-20Z", "2021-05-20"), ("２０２１ 年 ５ 月 ２０ 日", "2021-05-20"),
        (.structure("{}"), "- value.structure"),
    ])
    func date(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .date)) == sample.1)
    }

    @Test func formats() throws {
        let american = field("v", .date, format: "MM/dd/yyyy")
        #expect(try result("05/20/2021", american) == "2021-05-20")
        #expect(try result("2021-05-20", american) == "- date.unreadable")
        #expect(try result("44336", field("v", .date, format: "excel")) == "2021-05-20")
        #expect(try result(.number("44336.5"), field("v", .datetime, format: "excel")) == "2021-05-20T12:00:00+08:00")
        #expect(try result("20261123101500", field("v", .datetime)) == "2026-11-23T10:15:00+08:00")
        #expect(try result("20261123251500", field("v", .datetime)) == "- datetime.impossible")
    }

    @Test(arguments: [
        (Raw.text("1"), "1"), ("存续", "1"), ("active", "- code.unknown"), ("Active", "1"), ("在业", "1"), ("１", "1"),
        ("4", "4"), ("5", "1 code.expired"), ("旧", "1 code.expired"), ("同名", "- code.ambiguous"), ("/", "-"),
        ("Z", "- code.unknown"),
        (.number("4"), "4"),
    ])
    func codes(_ sample: (Raw, String)) throws {
        let status = field("v", .code, list: "status", map: ["在业": "1", "A": "1"], absent: ["", "无", "/"])
        #expect(try result(sample.0, status) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("430112"), "430112000000"), ("430112000", "430112000000"), ("430112001", "430112001000"),
        ("430112001002", "430112001002"), ("430122", "430112000000 division.expired"), ("999999", "- division.unknown"),
        ("4301", "430100000000"), ("43", "430000000000"), ("44", "- division.unknown"), ("430", "- division.form"),
        ("望城区", "- division.form"), ("４３０１１２", "430112000000"),
    ])
    func divisions(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .division, list: "divisions")) == sample.1)
    }

    @Test func withoutAList() throws {
        #expect(try result("430112", field("v", .division)) == "430112")
        #expect(try result("43", field("v", .division)) == "430000")
        #expect(try result("4301", field("v", .division)) == "430100")
        #expect(try result("43011", field("v", .division)) == "- division.form")
        #expect(try result("Ｘ９", field("v", .code)) == "X9")
        #expect(try result("x", field("v", .code, map: ["A": "1"])) == "- code.unknown")
    }

    @Test(arguments: [
        (Raw.text(" 91430112ma4l000035"), "91430112MA4L000035"), ("９１４３０１１２ＭＡ４Ｌ００００３５", "91430112MA4L000035"),
        ("91430112 MA4L 0000 35", "91430112MA4L000035"), ("N2430112MF0000013K", "N2430112MF0000013K"),
        ("91430112MA4L000036", "- uscc.check-digit"), ("123", "- uscc.length"),
        ("91430112MA4L00O035", "- uscc.characters"), ("000000000000000000", "- value.filler"),
    ])
    func creditCodes(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .uscc)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("11010519491231002x"), "11010519491231002X"), ("110105491231002", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"), ("110105194913310029", "- citizen-id.birth-date"),
        ("11010519491231002", "- citizen-id.length"), ("11010519491231002A", "- citizen-id.characters"),
        ("110105194912310021", "- citizen-id.check-digit"),
        // Both follow every rule of GB 11643, and are nobody's.
        ("111111111111111", "- value.filler"), ("１１１１１１１１１１１１１１１", "- value.filler"),
    ])
    func citizenNumbers(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .citizenID)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("60003734-1"), "600037341"), ("６０００３７３４－１", "600037341"), ("ma4l0000 3", "MA4L00003"),
        ("600037342", "- org-code.check-digit"), ("6000373", "- org-code.length"),
        ("00000000-0", "- value.filler"), ("000000000", "- value.filler"),
        ("6000_7341", "- org-code.characters"),
    ])
    func organisationCodes(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .organisationCode)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("＋８６ １３８１２３４１２３４"), "13812341234"), (.number("13812341234"), "13812341234"),
        ("（0731）8888 7777转801", "0731-88887777-801"), ("13812341234、13912341234", "- phone.unreadable"),
    ])
    func phones(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .phone)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("HTTP://Example.gov.cn"), "http://example.gov.cn/"), ("ｈｔｔｐ：／／a.cn／附件.pdf", "http://a.cn/附件.pdf"),
        ("javascript:alert(1)", "- url.scheme"), ("www.example.cn", "- url.unreadable"),
        ("https://user:secret@example.cn/", "- url.credentials"),
    ])
    func addresses(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .url)) == sample.1)
    }

    @Test(arguments: [
        (
            Raw.text("1.2.156.3005.2.11100000000013338w011.11430000006122244l.20230000403.001.u"),
            "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"
        ),
        (
            "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M",
            "1.2.156.3005.2.11100000000013661B006.113700000045046442.209FA4E88F9E4C878F3E9BED2CE7EA49.001.M certificate-id.check-digit"
        ),
        ("430112190012345", "- certificate-id.form"),
    ])
    func certificates(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .certificateID)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("11100000mb0143028r001"), "11100000MB0143028R001"),
        ("11100000000013338W011", "11100000000013338W011"),
        ("11100000000013338X011", "11100000000013338X011 certificate-type.definer"),
        ("11100000000013338W", "- certificate-type.length"),
        ("11100000000013338W01A", "- certificate-type.characters"),
        ("111000I0000013338W011", "- certificate-type.characters"),
    ])
    func certificateTypes(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .certificateType)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("320802 001009 GB00001 F00010003"), "320802001009GB00001F00010003"),
        ("320802001009gb00001", "320802001009GB00001"),
        ("320802001009GB00001W00000000", "320802001009GB00001W00000000"),
        ("320802001009GB0000", "- real-estate-unit.length"),
        ("32080200100XGB00001", "- real-estate-unit.digits"),
        ("320802001009XB00001", "- real-estate-unit.parcel"), ("320802001009G100001", "- real-estate-unit.parcel"),
        ("320802001009GB00001A00010003", "- real-estate-unit.fixture"),
        ("320802001009GB00001W00000001", "- real-estate-unit.fixture"),
        ("320802001009GB00001F0001000X", "- real-estate-unit.digits"),
    ])
    func realEstateUnits(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .realEstateUnit)) == sample.1)
    }

    @Test func areasOfCitizens() throws {
        let listed = field("v", .citizenID, list: "divisions")
        // Wangcheng's old area and its new one; and one that the list never had, though the number is right.
        #expect(try result(.text(numbered("43012219900307123")), listed) == numbered("43012219900307123"))
        // The district came to be in 2011: who was born before has the number of a late registration, or a mistake.
        #expect(try result(.text(numbered("43011220120307123")), listed) == numbered("43011220120307123"))
        #expect(
            try result(.text(numbered("43011219900307123")), listed)
                == numbered("43011219900307123") + " citizen-id.birth-year")
        #expect(
            try result(.text(numbered("43012220120307123")), listed)
                == numbered("43012220120307123") + " citizen-id.birth-year")
        #expect(
            try result(.text(numbered("43011220270307123")), field("v", .citizenID))
                == numbered("43011220270307123") + " citizen-id.birth-year")
        // Permits of residence: Hong Kong, Macao and Taiwan, and foreigners since 2023.
        for permit in ["81000019900101001", "82000019900101001", "83000019900101001", "91115619810803002"] {
            #expect(try result(.text(numbered(permit)), listed) == numbered(permit))
        }
        #expect(
            try result(.text(numbered("99999919900307123")), listed)
                == numbered("99999919900307123") + " citizen-id.area")
        #expect(try result(.text(numbered("43011219901307123")), listed) == "- citizen-id.birth-date")
    }

    private func numbered(_ body: String) -> String {
        let bytes = Array(body.utf8)
        return body + String(UnicodeScalar(CitizenID.checkDigit(bytes.span) ?? 0))
    }

    @Test func successors() throws {
        let codes: [CodeList.Code] = [
            .init(code: "1", title: "今", validTo: nil),
            .init(code: "2", title: "昔", validTo: "2020-01-01", successor: "1"),
            .init(code: "3", title: "古", validTo: "2000-01-01", successor: "2"),
            .init(code: "4", title: "环", validTo: "2000-01-01", successor: "5"),
            .init(code: "5", title: "链", validTo: "2000-01-01", successor: "4"),
            .init(code: "6", title: "分", validTo: "2000-01-01", successor: "1 2"),
            .init(code: "7", title: "将", validTo: "2030-01-01", successor: "1"),
        ]
        let list = CodeList(name: "chain", title: "沿革", codes: codes)
        let chained = entry([field("k"), field("v", .code, list: "chain", map: ["旧称": "3"])])
        var normalizer = try Normalizer(entry: chained, lists: ["chain": list], digestKey: [], today: "2026-11-23")
        var batch = RecordBatch(columns: 2)
        let sent: [Raw] = ["1", "2", "3", "4", "6", "7", "古", "旧称"]
        normalizer.normalize(rawBatch(sent.map { ["k", $0] }, columns: 2), into: &batch)
        #expect((0..<sent.count).map { batch.string($0, 1) } == ["1", "1", "1", "4", "6", "7", "1", "1"])
        #expect(batch.findings.map(\.record) == [1, 2, 3, 4, 6, 7])
        #expect(batch.findings[1].message.hasSuffix("; 1 took its place, and stands for it now."))
        #expect(batch.findings[2].message.hasSuffix("; it was kept as sent."))
        #expect(String(decoding: batch.bytes[batch.heads[2].originals], as: UTF8.self) == #"{"v":"3"}"#)
    }

    @Test func codesToComeAndTitlesInHalfWidth() throws {
        let list = CodeList(
            name: "state", title: "状态", standard: "GB/T 1",
            codes: [
                .init(code: "1", title: "吊销，未注销（在册）"), .init(code: "2", title: "新", validFrom: "2026-11-24"),
                .init(code: "3", title: "新", validFrom: "2026-11-23"),
            ])
        let coded = entry([field("k"), field("v", .code, list: "state", map: ["Ａ（甲）": "1"])])
        var normalizer = try Normalizer(entry: coded, lists: ["state": list], digestKey: [], today: "2026-11-23")
        var batch = RecordBatch(columns: 2)
        let sent: [Raw] = ["吊销,未注销(在册)", "吊销，未注销（在册）", "A(甲)", "2", "3", "新", "4"]
        normalizer.normalize(rawBatch(sent.map { ["k", $0] }, columns: 2), into: &batch)
        #expect((0..<sent.count).map { batch.string($0, 1) } == ["1", "1", "1", "2", "3", "3", nil])
        #expect(batch.findings.map(\.rule) == ["code.not-yet-valid", "code.unknown"])
        // What would be right, where that can be said in a line.
        #expect(
            batch.findings[1].message
                == "数据项 (v) is in neither the field's map nor the code list state (状态, GB/T 1), which has 1 吊销，未注销（在册）, 2 新, 3 新."
        )
    }

    @Test func mapsAndAbsentValuesOfAnyType() throws {
        let amount = field("v", .decimal, map: ["无": "0", "不详": ""], absent: ["/", " — "])
        #expect(try result("无", amount) == "0")
        #expect(try result("不详", amount) == "-")
        #expect(try result(" / ", amount) == "-")
        #expect(try result("—", amount) == "-")
        // As they are written or, of all types but text, in half width.
        #expect(try result("／", amount) == "-")
        #expect(try result("／", field("v", .text, absent: ["/"])) == "／")
        let marked = field("v", .date, map: ["N/A": "", "＃": "2021-05-20"])
        #expect(try result("Ｎ／Ａ", marked) == "-")
        #expect(try result("＃", marked) == "2021-05-20")
        let second = field("v", .date, absent: ["/"], source: .alternatives(["A", "B"]))
        #expect(try normalize(entry([field("k"), second]), [["k", "／", "2021-05-20"]]).string(0, 1) == "2021-05-20")
    }

    @Test func normalFormsStay() throws {
        let samples: [(FieldType, String)] = [
            (.text, "Ａ１ 号"), (.decimal, "-1234.5"), (.date, "2021-05-20"), (.datetime, "2026-11-23T10:15:00.25+08:00"),
            (.uscc, "91430112MA4L000035"), (.citizenID, "11010519491231002X"), (.division, "430112001002"),
            (.integer, "-7"),
            (.boolean, "1"), (.code, "X9"), (.point, #"{"type":"Point","coordinates":[112.82,28.36]}"#),
            (.organisationCode, "600037341"), (.phone, "0731-88887777-801"), (.url, "https://example.gov.cn/a?b=c#d"),
            (.certificateType, "11100000000013338W011"),
            (.certificateID, "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U"),
            (.realEstateUnit, "320802001009GB00001F00010003"),
            (.geometry, #"{"type":"Polygon","coordinates":[[[112,28],[113,28],[113,29],[112,28]]]}"#),
        ]
        #expect(Set(samples.map(\.0)) == Set(FieldType.allCases))
        for (type, text) in samples { #expect(try result(.text(text), field("v", type)) == text) }
    }
}
