import Testing

@testable import Standards

@Suite struct TimeTests {
    @Test(arguments: [
        "20210520", "2021/5/20", "2021-5-20", "2021年5月20日", "2021.5.20", "2021-05-20", "2021/05/20",
        "２０２１年５月２０日", "２０２１－０５－２０", "2021-05-20T00:00:00", "2021-05-20 00:00:00.0", "2021-05-20T08:30:00+08:00",
        "二〇二一年五月二十日", "二○二一年五月二十日", "二零二一年五月二十号", "/Date(1621468800000)/", "/Date(1621440000000+0800)/",
        "2021-05-19T16:00:00Z", "20210520101500", "2021年05月20号", "2021-05-20T00:00:00.000+0800",
        "2021-05-20+08:00", "2021-05-20Z", "2021-05-20+14:00", "2021-05-20-05:00", "2021 年 5 月 20 日", "2021. 5. 20",
        "2021-05-20t10:15:30z", "二〇二一 年 五 月 二十 日",
    ])
    func dates(_ text: String) throws {
        #expect(try date(text) == "2021-05-20")
    }

    @Test func longTerm() throws {
        #expect(try date("99991231") == "9999-12-31")
        #expect(CalendarDate(year: 9999, month: 12, day: 31) == .longTerm)
        for text in ["长期", "长期有效", "永久", "无固定期限"] { #expect(try date(text) == "9999-12-31") }
        #expect(try moment("长期") == "9999-12-31T00:00:00+08:00")
    }

    @Test(arguments: [
        ("2021-02-30", TimeProblem.impossible), ("20211301", .impossible), ("1900-02-29", .impossible),
        ("00000000", .impossible), ("2021-5", .unreadable), ("1621440000", .unreadable), ("1621440000000", .unreadable),
        ("5/20/2021", .unreadable), ("2021-5/20", .unreadable), ("昨天", .unreadable), ("", .unreadable),
        ("长期的", .unreadable), ("二〇二一年十三月一日", .impossible), ("二〇二一年十十月一日", .unreadable), ("十", .unreadable),
        ("二〇二一年五月二十〇日", .unreadable), ("/Date()/", .unreadable), ("/Date(1", .unreadable), ("/Date(1)", .unreadable),
        ("/Date(1+)/", .unreadable), ("/Date(9999999999999999)/", .impossible), ("/Date(1)/x", .unreadable),
        ("2021-05-20x", .unreadable), ("2021-05-20+", .unreadable), ("2021-05-20+08:00x", .unreadable),
        ("2021-02-30Z", .impossible), ("2021 05 20", .unreadable), ("2021-05-20+15:00", .impossible),
        ("2021-05-20T25:00:00", .impossible), ("202105", .unreadable),
    ])
    func wrongDates(_ sample: (String, TimeProblem)) {
        #expect(throws: sample.1) { try date(sample.0) }
    }

    @Test(arguments: [
        ("2026-11-23T10:15:00+08:00", "2026-11-23T10:15:00+08:00"),
        ("2026-11-23T02:15:00Z", "2026-11-23T10:15:00+08:00"),
        ("20261123101500", "2026-11-23T10:15:00+08:00"), ("202611231015", "2026-11-23T10:15:00+08:00"),
        ("20261123101500250", "2026-11-23T10:15:00.25+08:00"), ("2026/11/23 10:15", "2026-11-23T10:15:00+08:00"),
        ("2026-11-23 10:15:00.120000000", "2026-11-23T10:15:00.12+08:00"),
        ("2026年11月23日10时15分", "2026-11-23T10:15:00+08:00"),
        ("2026年11月23日 10时15分30秒", "2026-11-23T10:15:30+08:00"), ("2026-11-23", "2026-11-23T00:00:00+08:00"),
        ("2026-11-23T24:00:00", "2026-11-24T00:00:00+08:00"),
        ("2026-12-31T23:30:00-05:00", "2027-01-01T12:30:00+08:00"),
        ("20261123T021500Z", "2026-11-23T10:15:00+08:00"), ("2026-11-23T10:15:00 +0800", "2026-11-23T10:15:00+08:00"),
        ("2026-11-23Z", "2026-11-23T08:00:00+08:00"), ("2026-11-23+09:00", "2026-11-22T23:00:00+08:00"),
        ("2026-11-23t10:15:00z", "2026-11-23T18:15:00+08:00"), ("2026 年 11 月 23 日", "2026-11-23T00:00:00+08:00"),
        ("2026-11-23 9:05", "2026-11-23T09:05:00+08:00"), ("1000-01-01T00:00:00", "1000-01-01T00:00:00+08:00"),
    ])
    func moments(_ sample: (String, String)) throws {
        #expect(try moment(sample.0) == sample.1)
    }

    @Test(arguments: [
        "2026-11-23T10:60:00", "2026-11-23T24:00:01", "2026-11-23T10:15:00+20:00", "9999-12-31T23:00:00Z",
        "2026-11-23T10", "2026-11-23T10:15:00.1234567890", "2026-11-23T10:15:00+", "2026-11-23T10:15:00 GMT",
        "202611231015001",
    ])
    func wrongMoments(_ text: String) {
        #expect(throws: TimeProblem.self) { try moment(text) }
    }

    @Test(arguments: [
        ("MM/dd/yyyy", "05/20/2021", "2021-05-20T00:00:00+08:00"),
        ("d.M.yyyy", "1.12.2021", "2021-12-01T00:00:00+08:00"),
        ("yyyyMMdd HHmmss", "20210520 101500", "2021-05-20T10:15:00+08:00"),
        ("dd'日'MM'月'yyyy'年'", "20日05月2021年", "2021-05-20T00:00:00+08:00"),
        ("yyyy年M月d日 HH:mm", "2021年5月20日 10:15", "2021-05-20T10:15:00+08:00"),
    ])
    func patterns(_ sample: (String, String, String)) throws {
        let pattern = try #require(DatePattern(sample.0))
        var output: [UInt8] = []
        try pattern.read(Array(sample.1.utf8)).append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == sample.2)
    }

    @Test func everyChineseDay() throws {
        let days = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        for day in 1...31 {
            let tens = ["", "十", "二十", "三十"][day / 10]
            let text = "一九八九年十二月" + tens + (day % 10 == 0 ? "" : days[day % 10 - 1]) + "日"
            #expect(try date(text) == "1989-12-" + (day < 10 ? "0" : "") + String(day))
        }
    }

    @Test(arguments: [
        ("epoch", "0", "1970-01-01T08:00:00+08:00"), ("epoch", "1621440000", "2021-05-20T00:00:00+08:00"),
        ("epoch", "-1", "1970-01-01T07:59:59+08:00"), ("epoch", "-0.25", "1970-01-01T07:59:59.75+08:00"),
        ("epoch", "1621440000.5", "2021-05-20T00:00:00.5+08:00"),
        ("epoch-ms", "1621440000001", "2021-05-20T00:00:00.001+08:00"),
        ("epoch-ms", "-62135596800000", nil), ("epoch-ms", "-1", "1970-01-01T07:59:59.999+08:00"),
        ("epoch-ms", "1e3", nil), ("epoch-ms", "", nil), ("epoch", "-", nil), ("epoch", "1.", nil),
        ("epoch", "20210520x", nil),
        ("epoch", "9999999999999999999", nil), ("epoch-ms", "253402271999000", "9999-12-31T23:59:59+08:00"),
        ("epoch-ms", "253402272000000", nil),
        ("excel", "44336", "2021-05-20T00:00:00+08:00"), ("excel", "44336.0", "2021-05-20T00:00:00+08:00"),
        // What a binary fraction leaves of a quarter past ten.
        ("excel", "44336.427083333336", "2021-05-20T10:15:00+08:00"),
        ("excel", "44336.99999999999", "2021-05-21T00:00:00+08:00"), ("excel", "61", "1900-03-01T00:00:00+08:00"),
        ("excel", "2958465", "9999-12-31T00:00:00+08:00"), ("excel", "2958466", nil), ("excel", "60", nil),
        ("excel", "-1", nil), ("excel", "44336.", nil), ("excel", "4.4e4", nil), ("excel", "", nil),
        ("excel", "99999999", nil),
    ])
    func epochs(_ sample: (String, String, String?)) throws {
        let format = try #require(TimeFormat(sample.0))
        let bytes = Array(sample.1.utf8)
        var output: [UInt8] = []
        if let wanted = sample.2 {
            try format.read(bytes.span).append(to: &output)
            #expect(String(decoding: output, as: UTF8.self) == wanted)
        } else {
            #expect(throws: TimeProblem.self) { try format.read(bytes) }
        }
    }

    @Test func patternsAreExact() throws {
        let pattern = try #require(DatePattern("MM/dd/yyyy"))
        for text in ["5/20/2021", "05/20/2021 ", "2021/05/20", "05-20-2021", "05/20/21"] {
            #expect(throws: TimeProblem.unreadable) { try pattern.read(Array(text.utf8)) }
        }
        #expect(throws: TimeProblem.impossible) { try pattern.read(Array("20/05/2021".utf8)) }
        for text in ["", "yyyy-MM", "yy-MM-dd", "yyyy-MM-dd-dd", "yyyy-MM-dd'", "EEE yyyy-MM-dd"] {
            #expect(DatePattern(text) == nil, "\(text)")
        }
    }

    @Test func everyDayHasOneNumber() throws {
        var expected = try #require(CalendarDate(year: 1000, month: 1, day: 1)).dayNumber
        #expect(CalendarDate(year: 1970, month: 1, day: 1)?.dayNumber == 0)
        for year in 1000...9999 {
            for month in 1...12 {
                for day in 1...31 {
                    guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
                    if date.dayNumber != expected || (day == 1 && CalendarDate(dayNumber: expected) != date) {
                        Issue.record("\(date)")
                    }
                    expected += 1
                }
            }
        }
        #expect(CalendarDate(dayNumber: expected) == nil)
    }

    @Test func normalFormsStayAndSort() throws {
        var random = Repeatable()
        var previous: (Int, String)?
        for _ in 0..<2_000 {
            let day = Int.random(in: -100_000..<100_000, using: &random)
            let second = Int.random(in: 0..<86_400, using: &random)
            let nanosecond = Bool.random(using: &random) ? 0 : Int.random(in: 0..<1_000_000_000, using: &random)
            let date = try #require(CalendarDate(dayNumber: day))
            let value = try #require(Moment(date: date, second: second, nanosecond: nanosecond))
            var bytes: [UInt8] = []
            value.append(to: &bytes)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(try moment(text) == text)
            let order = (day * 86_400 + second) * 1_000_000_000 + nanosecond
            if let previous { #expect((previous.0 < order) == (previous.1 < text)) }
            previous = (order, text)
        }
    }
}
