import Testing

@testable import Catalog

@Suite("Mistakes in what an entry says")
struct EntryValueTests {
    @Test("unknown-type: there is no type 'decimals'")
    func unknownType() {
        let mistakes = SmallCatalogue.mistakes("type: decimal", "type: decimals")
        #expect(
            mistakes == [
                """
                firm.yaml:21:30: there is no type `decimals`. Did you mean `decimal`? Known: text, integer, \
                decimal, boolean, date, datetime, code, uscc, division, point, geometry, citizen-id, org-code, phone, \
                url, certificate-id, certificate-type, real-estate-unit. [unknown-type]
                """
            ])
    }

    @Test("a field in a document within a value says how it is opened and where it is")
    func openedValues() {
        let field = "from: QYMC"
        #expect(SmallCatalogue.mistakes(field, field + ", unwrap: [base64, json], at: /capital") == [])
        #expect(SmallCatalogue.mistakes(field, field + ", unwrap: [json]").map { $0.suffix(13) } == ["[missing-key]"])
        let cases = [
            ("unwrap: [base64], at: /a", "[wrong-value]"), ("unwrap: [json, base64], at: /a", "[wrong-value]"),
            ("unwrap: [zip], at: /a", "[unknown-choice]"), ("unwrap: [xml], at: a//b", "[bad-path]"),
        ]
        for (written, rule) in cases {
            let mistakes = SmallCatalogue.mistakes(field, field + ", " + written)
            #expect(mistakes.contains { $0.hasSuffix(rule) }, "\(written): \(mistakes)")
        }
    }

    @Test("bad-cron: '25' is no hour")
    func badCron() {
        let mistakes = SmallCatalogue.mistakes(#"cron: "15 2 * * *""#, #"cron: "15 25 * * *""#)
        #expect(
            mistakes == [
                """
                firm.yaml:12:18: `25` is no hour. Write 0–23, for example `2`, `*/6` or `8-18`. [bad-cron]
                """
            ])
    }

    @Test("bad-percentage: '0.05' is no percentage")
    func badPercentage() {
        let mistakes = SmallCatalogue.mistakes("removed: 5%", "removed: 0.05")
        #expect(
            mistakes == [
                """
                firm.yaml:15:18: `0.05` is no percentage. Write a number from 0 to 100 and `%`, for example `5%`. \
                [bad-percentage]
                """
            ])
    }

    @Test("reserved-name: a field cannot be called 'limit': a query means something else by it")
    func reservedName() {
        let mistakes = SmallCatalogue.mistakes("  name: {title: 名称", "  limit: {title: 名称")
        #expect(
            mistakes == [
                """
                entity.yaml:5:16: entry firm has no field `name`. Known: uscc, limit, status, capital, place, \
                updated_at. [unknown-source]
                """,
                """
                firm.yaml:19:3: a field cannot be called `limit`: a query means something else by it. Say whose it \
                is, for example `record_limit`. [reserved-name]
                """,
            ])
    }

    @Test("bad-name: 'Name' is no name of a field")
    func badName() {
        let mistakes = SmallCatalogue.mistakes("  name: {title: 名称", "  Name: {title: 名称")
        #expect(
            mistakes == [
                """
                entity.yaml:5:16: entry firm has no field `name`. Did you mean `Name`? Known: uscc, Name, status, \
                capital, place, updated_at. [unknown-source]
                """,
                """
                firm.yaml:19:3: `Name` is no name of a field. Write lower-case letters, digits and underscores, \
                beginning with a letter, at most 63, for example `legal_rep`. [bad-name]
                """,
            ])
    }

    @Test("crs-missing: 'place' is a point without a reference system")
    func crsMissing() {
        let mistakes = SmallCatalogue.mistakes(", crs: EPSG:4547", "")
        #expect(
            mistakes == [
                """
                firm.yaml:22:3: `place` is a point without a reference system. Write `crs: EPSG:4547`, or whichever \
                its coordinates are in; longitude and latitude of CGCS2000 are `EPSG:4490`. [crs-missing]
                """
            ])
    }

    @Test("bad-crs: 'GCJ-02' is no reference system")
    func badCrs() {
        let mistakes = SmallCatalogue.mistakes("crs: EPSG:4547", "crs: GCJ-02")
        #expect(
            mistakes == [
                """
                firm.yaml:22:60: `GCJ-02` is no reference system. Write `EPSG:` and its number, for example \
                `EPSG:4547` (CGCS2000, 3-degree zone of 114° E), or `OGC:CRS84`; GCJ-02 and BD-09 have none and are \
                not read. [bad-crs]
                """
            ])
    }

    @Test("unit-without-number: 'capital' has a unit, and its type text is no number")
    func unitWithoutNumber() {
        let mistakes = SmallCatalogue.mistakes("type: decimal, unit", "type: text, unit")
        #expect(
            mistakes == [
                """
                firm.yaml:21:36: `capital` has a unit, and its type text is no number. Write `type: decimal` (or \
                `integer`), or remove `unit`. [unit-without-number]
                """
            ])
    }

    @Test("bad-format: 'MM-dd' is no pattern of a date")
    func badFormat() {
        let mistakes = SmallCatalogue.mistakes("type: datetime", "type: datetime, format: MM-dd")
        #expect(
            mistakes == [
                """
                firm.yaml:23:63: `MM-dd` is no pattern of a date. Write year, month and day once each, for example \
                `MM/dd/yyyy` or `dd.MM.yyyy HH:mm`; or `epoch` or `epoch-ms` for numbers since 1970, `excel` for a \
                spreadsheet's days. [bad-format]
                """
            ])
        #expect(SmallCatalogue.mistakes("type: datetime", "type: datetime, format: epoch-ms").isEmpty)
        let untimed = SmallCatalogue.mistakes("from: QYMC", "from: QYMC, format: yyyy-MM-dd")
        #expect(untimed.count == 1 && untimed[0].contains("its type text is no time"))
    }

    @Test("unfilled-blank: the title is still to be filled in")
    func unfilledBlank() {
        let mistakes = SmallCatalogue.mistakes("title: 企业", "title: TODO")
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasSuffix("Write the dataset's name, as officials call it. [unfilled-blank]") == true)
    }

    @Test("withheld-without-basis: the entry is withheld, and no law is named")
    func withheldWithoutBasis() {
        let mistakes = SmallCatalogue.mistakes("type: conditional", "type: withheld")
        #expect(
            mistakes == [
                """
                firm.yaml:7:8: the entry is withheld, and no law is named. Write `basis: …`, the law, regulation or \
                decision that says so, or share it. [withheld-without-basis]
                """
            ])
    }

    @Test("bad-grade: there is no grade '6'")
    func badGrade() {
        let mistakes = SmallCatalogue.mistakes("grade: 2", "grade: 6")
        #expect(
            mistakes == [
                """
                firm.yaml:6:8: there is no grade `6`. Write 1 to 5 (数据分级): from 3 on values are masked. [bad-grade]
                """
            ])
    }

    @Test("bad-code: '4020101-1' is no dataset code")
    func badCode() {
        let mistakes = SmallCatalogue.mistakes("1020101/000001", "4020101-1")
        #expect(
            mistakes == [
                """
                firm.yaml:2:7: `4020101-1` is no dataset code. Write 分类码/顺序码: 类 (1 to 3), 项 (2 digits), 目 (3 \
                digits), 细目, `/` and a serial number, for example `1020101/000001`; or leave it out until the \
                centre assigns it. [bad-code]
                """
            ])
    }

    @Test("bad-duration: '5' is no time span")
    func badDuration() {
        let mistakes = SmallCatalogue.mistakes("jitter: 5m", "jitter: 5")
        #expect(
            mistakes == [
                """
                firm.yaml:12:66: `5` is no time span. Write a whole number and `s`, `m`, `h` or `d`, for example \
                `30s`, `5m`, `12h` or `2d`. [bad-duration]
                """
            ])
    }

    @Test("unknown-time-zone: there is no time zone 'Asia/Changsha'")
    func unknownTimeZone() {
        let mistakes = SmallCatalogue.mistakes("Asia/Shanghai", "Asia/Changsha")
        #expect(
            mistakes == [
                """
                firm.yaml:12:43: there is no time zone `Asia/Changsha`. Write its IANA name, for example \
                `Asia/Shanghai`. [unknown-time-zone]
                """
            ])
    }

    @Test("wrong-value: 'yes' cannot be read")
    func wrongValue() {
        let mistakes = SmallCatalogue.mistakes("QYMC, required: true", "QYMC, required: yes")
        #expect(
            mistakes == [
                """
                firm.yaml:19:43: `yes` cannot be read. Write `true` or `false`. [wrong-value]
                """
            ])
    }

    @Test("unknown-choice: there is no update cycle 'dayly'")
    func unknownChoice() {
        let mistakes = SmallCatalogue.mistakes("update: daily", "update: dayly")
        #expect(
            mistakes == [
                """
                firm.yaml:5:9: there is no update cycle `dayly`. Did you mean `daily`? Known: realtime, daily, \
                weekly, monthly, quarterly, yearly, irregular, historical, half-yearly. [unknown-choice]
                """
            ])
    }

    @Test("unknown-choice: there is no sharing method 'ftp'")
    func unknownSharingMethod() {
        let mistakes = SmallCatalogue.mistakes("methods: [api]", "methods: [ftp]")
        #expect(
            mistakes == [
                """
                firm.yaml:7:38: there is no sharing method `ftp`. Known: api, batch, file. [unknown-choice]
                """
            ])
    }

    @Test("wrong-value: 'value' and 'from' exclude each other")
    func fieldWithTwoSources() {
        let mistakes = SmallCatalogue.mistakes("from: QYMC", "from: QYMC, value: 1")
        #expect(
            mistakes == [
                """
                firm.yaml:19:33: `value` and `from` exclude each other. Keep `from` for what the source sends, or \
                `value` for the same in every record. [wrong-value]
                """
            ])
    }
}
