import Foundation
import Testing

/// Commands through the real program: what they print, and how they end.
@Suite struct CommandTests {
    @Test func aNewExchangeWorks() throws {
        let program = try Program.starter()
        #expect(try program.run("check").status == 0)
        let sync = try program.run("sync", "--all")
        #expect(sync.status == 0, "\(sync.errors)")
        #expect(sync.output.contains("published"))
        let query = try program.run("query", "street", "--where", "code=430112002", "--format", "ndjson")
        #expect(query.output.contains("望府路"))
        #expect(query.output.contains("李**"))
        #expect(!query.output.contains("李秀英"))
        #expect(try program.run("query", "street", "--reveal", "--format", "csv").output.contains("李秀英"))
        #expect(try program.run("status").output.contains("1 published"))
        #expect(try program.run("run", "show", "1", "--format", "json").output.contains(#""added" : 5"#))
        #expect(
            try program.run("catalog", "history", "street").output.contains("registered from the catalogue's folder"))
    }

    @Test func initOverwritesNothing() throws {
        let program = try Program()
        try program.run("init", "here")
        let again = try program.run("init", "here")
        #expect(again.status == 1)
        #expect(again.errors.contains("is not overwritten"))
    }

    @Test func syncSaysByItsStatusHowItWent() throws {
        let program = try Program.starter()
        try program.run("sync", "--all")
        try program.write(#"{"streets": []}"#, to: "sources/streets.json")
        let held = try program.run("sync", "street")
        #expect(held.status == 3)
        #expect(held.errors.contains("huitong run publish 2"))
        let discarded = try program.run("run", "discard", "2", "--reason", "their mistake", "--who", "Wang")
        #expect(discarded.status == 0)
        #expect(discarded.output.contains("discard by Wang"))
        try program.write("<html>", to: "sources/streets.json")
        let failed = try program.run("sync", "street")
        #expect(failed.status == 1)
        #expect(failed.errors.contains("source."))
        #expect(try program.run("query", "street", "--format", "ndjson").output.split(separator: "\n").count == 5)
    }

    @Test func faultsAreToldOnceWithAdviceAndCode() throws {
        let program = try Program.starter()
        let outcome = try program.run("query", "nothing")
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("error: there is no collection named nothing\n"))
        #expect(outcome.errors.contains("request.not-found"))
        #expect(outcome.errors.components(separatedBy: "there is no collection").count == 2)
        #expect(!outcome.errors.contains("\u{1B}["))
    }

    @Test func wrongUsageIs64() throws {
        let program = try Program.starter()
        #expect(try program.run("sync").status == 64)
        #expect(try program.run("run", "publish", "1").status == 64)
        #expect(try program.run("nonsense").status == 64)
    }

    @Test func aFolderWithoutSettingsSaysSo() throws {
        let outcome = try Program().run("status")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("huitong init"))
    }

    @Test func checkTellsPlaces() throws {
        let program = try Program.starter()
        try program.replace("type: decimal", by: "type: decimals", in: "Catalog/entries/geospatial/street.yaml")
        let outcome = try program.run("check")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("street.yaml:23:"))
    }

    @Test func registeringIsVersionedWithReasons() throws {
        let program = try Program.starter()
        try program.replace("register: true", by: "register: false", in: "huitong.yaml")
        #expect(try program.run("sync", "street").errors.contains("catalogue.unknown-entry"))
        let file = "Catalog/entries/geospatial/street.yaml"
        #expect(try program.run("catalog", "register", file, "--reason", "first").output.contains("version 1"))
        #expect(try program.run("catalog", "register", file, "--reason", "again").output.contains("already"))
        try program.replace("title: 街道", by: "title: 道路", in: file)
        #expect(try program.run("catalog", "list").output.contains("file differs"))
        #expect(try program.run("catalog", "register", file, "--reason", "renamed").output.contains("version 2"))
        #expect(try program.run("catalog", "history", "street").output.contains("renamed"))
        #expect(try program.run("catalog", "pause", "street", "--reason", "moved").status == 0)
        #expect(try program.run("status").output.contains("paused"))
    }

    @Test func theQuarantineIsAListForADepartment() throws {
        let program = try Program.starter()
        try program.write(
            #"{"streets": [{"DM": "1", "MC": "甲路", "CD": "＝HYPERLINK(1)"}, {"DM": "2"}]}"#, to: "sources/streets.json")
        #expect(try program.run("sync", "street").status == 0)
        let csv = try program.run(
            "quarantine", "list", "--department", "natural-resources", "--format", "csv"
        ).output
        #expect(csv.unicodeScalars.contains("\u{FEFF}") || csv.hasPrefix("\"number\",\"entry\""))
        #expect(csv.contains("\"street\",\"1\",\"1\",\"2\",\"name\""))
        // Whoever gets the file reads what to do in Chinese.
        #expect(csv.contains(",\"explanation\"\r\n") && csv.contains("\"必填项没有值。"))
        #expect(try program.run("quarantine", "show", "1").output.contains("必填项没有值。"))
        let served = try program.run("status", "street", "--findings", "--csv").output
        #expect(served.contains("\"id\",\"run\",\"page\",\"record\"") && served.contains(",\"explanation\"\r\n"))
        #expect(served.contains(",\"'＝HYPERLINK(1)\","), "what a spreadsheet would run is disarmed, in full width too")
        #expect(try program.run("status", "street", "--csv").status != 0)
        #expect(try program.run("quarantine", "list", "--department", "other").output.contains("empty"))
        #expect(try !program.run("quarantine", "show", "1").output.contains("raw"))
        #expect(try program.run("quarantine", "show", "1", "--reveal").output.contains("raw"))
        #expect(try program.run("quarantine", "dismiss", "1", "--reason", "a test").output == "1 dismissed\n")
    }

    @Test func aDraftPassesTheCheckOnceFilledIn() throws {
        let program = try Program.starter()
        try program.write(
            #"{"code": 0, "data": {"total": 2, "rows": [{"QYBH": "A1", "MC": "甲", "ZCZB": 1.5, "CLRQ": "20210520"},"#
                + #"{"QYBH": "A2", "MC": "乙", "ZCZB": 2, "CLRQ": "2021-05-21"}]}}"#, to: "sources/firms.json")
        let draft = try program.run("catalog", "draft", "sources/firms.json").output
        #expect(draft.contains("records: /data/rows"))
        #expect(draft.contains("clrq: {title: CLRQ, from: CLRQ, type: date}"))
        let filled = draft.replacing("title: TODO", with: "title: 企业")
            .replacing("department: TODO", with: "department: natural-resources")
            .replacing("system: TODO", with: "system: land")
        #expect(!filled.split(separator: "\n").dropFirst(2).contains { $0.contains("TODO") })
        try program.write(filled, to: "firms.yaml")
        let check = try program.run("check", "firms.yaml")
        #expect(check.status == 0, "\(check.output)")
        #expect(try program.run("catalog", "register", "firms.yaml", "--reason", "new").status == 0)
        #expect(try program.run("sync", "firms").status == 0)
    }

    /// The example of docs/quality.md.
    @Test func qualityIsCountedNotGuessed() throws {
        let program = try Program.starter()
        let none = try program.run("status", "--quality")
        #expect(none.output.contains("no entry is registered"), "\(none)")
        try program.write(
            """
            entry: shop
            title: 商店
            summary: 质量试验
            department: natural-resources
            update: daily
            grade: 1
            share: {type: unconditional}
            open: true
            source: {system: land, adapter: http-json, with: {path: shops.json, records: /shops}}
            delivers: snapshot
            key: [code]
            fields:
              code: {title: 代码, required: true}
              name: {title: 名称, required: true}
              staff: {title: 人数, type: integer}
              opened: {title: 开业日期, type: date}
            """, to: "Catalog/entries/geospatial/shop.yaml")
        try program.write(
            #"""
            {"shops": [{"code": "1", "name": "甲", "staff": "5", "opened": "2021-05-20"},
              {"code": "2", "name": "乙", "staff": "many", "opened": ""}, {"code": "3"}]}
            """#, to: "sources/shops.json")
        #expect(try program.run("sync", "shop").status == 0)
        let table = try program.run("status", "shop", "--quality").output
        #expect(table.contains("66.6% (6/9)"), "\(table)")
        #expect(
            table.split(separator: "\n").last?.split(separator: " ").joined(separator: " ")
                == "shop 66.6% (6/9) 85.7% (6/7) 100% (2/2) - 100% (1/1)", "\(table)")
        let run = try program.run("run", "show", "1").output
        #expect(
            run.contains("quality    completeness 66.6% (6/9), validity 85.7% (6/7), uniqueness 100% (2/2)\n"),
            "\(run)")
        let json = try program.run("status", "shop", "--format", "json").output
        #expect(json.contains(#""consistency" : null"#), "\(json)")
        let findings = try program.run("status", "shop", "--findings").output
        #expect(findings.contains("PATH"))
        let line = findings.split(separator: "\n").last.map {
            $0.split(separator: " ").prefix(7).joined(separator: " ")
        }
        #expect(line == "2 1 1 2 staff staff many", "\(findings)")
    }

    @Test func findingsShowNoGradedValue() throws {
        let program = try Program.starter()
        try program.write(
            #"""
            {"streets": [{"DM": "1", "MC": "甲路"}, {"DM": "2", "MC": "\u0007乙路", "ZR": "李秀英"}]}
            """#, to: "sources/streets.json")
        #expect(try program.run("sync", "street").status == 0)
        let list = try program.run("quarantine", "list", "--format", "csv").output
        #expect(list.contains(#""name","MC","text.control-character","#), "\(list)")
        #expect(list.contains("乙路"), "a value that is not graded is shown to its department: \(list)")
        let entry = "Catalog/entries/geospatial/street.yaml"
        try program.replace("required: true, ", by: "required: true, grade: 3, ", in: entry)
        let text = try program.read(entry)
        #expect(text.contains("grade: 3"), "\(text)")
        #expect(try program.run("catalog", "register", entry, "--reason", "graded").status == 0)
        let masked = try program.run("quarantine", "list", "--format", "csv").output
        #expect(!masked.contains("乙路"), "\(masked)")
        #expect(try !program.run("quarantine", "show", "1").output.contains("乙路"))
        #expect(try program.run("quarantine", "list", "--reveal").output.contains("乙路"))
        #expect(try program.run("quarantine", "show", "1", "--reveal").output.contains("乙路"))
    }

    @Test func codeListsAreShownWithValidityAndSource() throws {
        let program = try Program.starter()
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "Catalog/codelists"), withIntermediateDirectories: true)
        try program.write(
            """
            # title: 区划; standard: GB/T 2260-2007; source: 民政部
            code,title,title_en,valid_from,valid_to,successor,source
            430112,望城区,,2011-05-24,,,国函〔2011〕52号
            430122,望城县,,,2011-05-23,430112,

            """, to: "Catalog/codelists/divisions-of-1980.csv")
        let lists = try program.run("catalog", "codes").output
        #expect(lists.contains("divisions-of-1980  区划"), "\(lists)")
        let text = try program.run("catalog", "codes", "divisions-of-1980").output
        #expect(text.contains("standard   GB/T 2260-2007\nsource     民政部\n"))
        #expect(text.contains("430112  望城区  2011-05-24  -           -          国函〔2011〕52号"), "\(text)")
        #expect(text.contains("430122  望城县  -           2011-05-23  430112     民政部"), "\(text)")
        let json = try program.run("catalog", "codes", "divisions-of-1980", "--format", "json").output
        #expect(json.contains(#""successor" : "430112""#))
        let missing = try program.run("catalog", "codes", "nothing")
        #expect(missing.status == 1)
        #expect(missing.errors.contains("huitong catalog codes"))
    }

    @Test func theDoctorFindsAPortInUse() throws {
        let program = try Program.starter()
        let busy = try Listener()
        try program.replace("port: 0", by: "port: \(busy.port)", in: "huitong.yaml")
        let outcome = try program.run("doctor")
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("\(busy.port) is in use"))
        try program.write("nonsense: 1\n", to: "huitong.yaml")
        #expect(try program.run("doctor").output.contains("there is no setting nonsense"))
    }
}
