import Model
import Testing

@testable import Normalizing

@Suite struct TypeTests {
    @Test(arguments: [
        (Raw.text("  张三　"), "张三"), ("Ａ１ 号", "Ａ１ 号"), ("a\u{1}b", "- text.control-character"), (.number("1.50"), "1.50"),
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
        (.structure("{}"), "- value.structure"),
    ])
    func date(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .date)) == sample.1)
    }

    @Test func formats() throws {
        let american = field("v", .date, format: "MM/dd/yyyy")
        #expect(try result("05/20/2021", american) == "2021-05-20")
        #expect(try result("2021-05-20", american) == "- date.unreadable")
        #expect(try result("20261123101500", field("v", .datetime)) == "2026-11-23T10:15:00+08:00")
        #expect(try result("20261123251500", field("v", .datetime)) == "- datetime.impossible")
    }

    @Test(arguments: [
        (Raw.text("1"), "1"), ("存续", "1"), ("active", "- code.unknown"), ("Active", "1"), ("在业", "1"), ("１", "1"),
        ("4", "4"), ("5", "5 code.expired"), ("旧", "5 code.expired"), ("同名", "- code.ambiguous"), ("/", "-"),
        ("Z", "- code.unknown"),
        (.number("4"), "4"),
    ])
    func codes(_ sample: (Raw, String)) throws {
        let status = field("v", .code, list: "status", map: ["在业": "1", "A": "1"], absent: ["", "无", "/"])
        #expect(try result(sample.0, status) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("430112"), "430112000000"), ("430112000", "430112000000"), ("430112001", "430112001000"),
        ("430112001002", "430112001002"), ("430122", "430122000000 division.expired"), ("999999", "- division.unknown"),
        ("4301", "- division.form"), ("望城区", "- division.form"), ("４３０１１２", "430112000000"),
    ])
    func divisions(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .division, list: "divisions")) == sample.1)
    }

    @Test func withoutAList() throws {
        #expect(try result("430112", field("v", .division)) == "430112")
        #expect(try result("43011", field("v", .division)) == "- division.form")
        #expect(try result("Ｘ９", field("v", .code)) == "X9")
        #expect(try result("x", field("v", .code, map: ["A": "1"])) == "- code.unknown")
    }

    @Test(arguments: [
        (Raw.text(" 91430112ma4l000035"), "91430112MA4L000035"), ("９１４３０１１２ＭＡ４Ｌ００００３５", "91430112MA4L000035"),
        ("91430112 MA4L 0000 35", "91430112MA4L000035"), ("N2430112MF0000013K", "N2430112MF0000013K"),
        ("91430112MA4L000036", "- uscc.check-digit"), ("123", "- uscc.length"),
        ("91430112MA4L00O035", "- uscc.characters"),
    ])
    func creditCodes(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .uscc)) == sample.1)
    }

    @Test(arguments: [
        (Raw.text("11010519491231002x"), "11010519491231002X"), ("110105491231002", "11010519491231002X"),
        ("110105 19491231 002X", "11010519491231002X"), ("110105194913310029", "- citizen-id.birth-date"),
        ("11010519491231002", "- citizen-id.length"), ("11010519491231002A", "- citizen-id.characters"),
        ("110105194912310021", "- citizen-id.check-digit"),
    ])
    func citizenNumbers(_ sample: (Raw, String)) throws {
        #expect(try result(sample.0, field("v", .citizenID)) == sample.1)
    }

    @Test func mapsAndAbsentValuesOfAnyType() throws {
        let amount = field("v", .decimal, map: ["无": "0", "不详": ""], absent: ["/", " — "])
        #expect(try result("无", amount) == "0")
        #expect(try result("不详", amount) == "-")
        #expect(try result(" / ", amount) == "-")
        #expect(try result("—", amount) == "-")
    }

    @Test func normalFormsStay() throws {
        let samples: [(FieldType, String)] = [
            (.text, "Ａ１ 号"), (.decimal, "-1234.5"), (.date, "2021-05-20"), (.datetime, "2026-11-23T10:15:00.25+08:00"),
            (.uscc, "91430112MA4L000035"), (.citizenID, "11010519491231002X"), (.division, "430112001002"),
            (.integer, "-7"),
            (.boolean, "1"), (.code, "X9"), (.point, #"{"type":"Point","coordinates":[112.82,28.36]}"#),
            (.geometry, #"{"type":"Polygon","coordinates":[[[112,28],[113,28],[113,29],[112,28]]]}"#),
        ]
        #expect(Set(samples.map(\.0)) == Set(FieldType.allCases))
        for (type, text) in samples { #expect(try result(.text(text), field("v", type)) == text) }
    }
}
