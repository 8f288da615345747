import Foundation
import Testing

/// The district's own entries, as they are in `Catalog/`, with records that are written here.
@Suite struct DistrictEntryTests {
    /// An exchange with one entry of the catalogue, read from a source of this machine.
    private static func exchange(_ area: String, _ entry: String, base: String) throws -> ExchangeFolder {
        let catalog = Repository.root.appending(path: "Catalog")
        let text = try String(contentsOf: catalog.appending(path: "entries/\(area)/\(entry).yaml"), encoding: .utf8)
            .replacing(/\ndepartment: .*\n/, with: "\ndepartment: office\n")
            .replacing(/\n  system: .*\n/, with: "\n  system: source\n")
        let exchange = try ExchangeFolder(base: base, entries: [entry: text])
        let lists = catalog.appending(path: "codelists")
        for name in try FileManager.default.contentsOfDirectory(atPath: lists.path) {
            try exchange.write(
                "Catalog/codelists/\(name)", String(contentsOf: lists.appending(path: name), encoding: .utf8))
        }
        return exchange
    }

    /// What the entry makes of an answer, and the findings as the command tells them.
    private static func read(
        _ area: String, _ entry: String, _ answer: String, type: String = "application/json"
    ) async throws -> (records: [String: [String: String]], findings: String) {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(answer, type: type)
        } _: { base, _ in
            let exchange = try exchange(area, entry, base: base)
            let sync = try await exchange.run("sync", entry)
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            return (try await exchange.records(of: entry), try await exchange.run("status", entry, "--findings").output)
        }
    }

    private static func xml(_ records: [[(String, String)]]) -> String {
        let texts = records.map { record in
            "<record>" + record.map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined() + "</record>"
        }
        return "<root><code>200</code><total>\(records.count)</total><data>\(texts.joined())</data></root>"
    }

    @Test func bothLayoutsOfPenaltiesGiveTheSameRecord() async throws {
        let answer = Self.xml([
            [
                ("CF_WSH", "望市监罚〔2023〕1号"), ("CF_XDR_MC", "甲公司"), ("CF_XDR_SHXYM", "91430112MA4L000035"),
                ("CF_XDR_ZZJG", "MA4L00003"), ("CF_FRDB", "某甲"), ("CF_WFXW", "发布虚假广告"), ("CF_SY", "事实"),
                ("CF_YJ", "依据"), ("CF_CFLB", "罚款"), ("CF_NR", "罚款2000元"), ("CF_NR_FK", "0.2"),
                ("CF_JDRQ", "2023-05-20"), ("CF_YXQ", "2028-05-20"), ("CF_GSJZQ", "2026-05-20"),
                ("CF_CFJG", "市场监督管理局"),
            ],
            [
                ("CF_WSH", "望市监罚〔2016〕1号"), ("CF_CFMC", "发布虚假广告"), ("CF_CFLB1", "罚款"), ("CF_SY", "事实"),
                ("CF_YJ", "依据"), ("CF_XDR", "甲公司"), ("CF_XDR_SHXYM", "91430112MA4L000035"),
                ("CF_XDR_ZDM", "MA4L00003"), ("CF_FR", "某甲"), ("CF_JG", "罚款2000元"), ("CF_JDRQ", "2023/05/20"),
                ("CF_JZQ", "2028/05/20"), ("CF_GSJZQ", "2026/05/20"), ("CF_XZJG", "市场监督管理局"), ("CF_ZT", "0"),
            ],
        ])
        let (records, _) = try await Self.read("credit", "administrative-penalty", answer, type: "text/xml")
        #expect(records.count == 2)
        var new = try #require(records.values.first { $0["decision_no"] == "望市监罚〔2023〕1号" })
        var old = try #require(records.values.first { $0["decision_no"] == "望市监罚〔2016〕1号" })
        #expect(new["fine_yuan"] == "2000" && new["category"] == "03" && new["subject_code"] == "91430112MA4L000035")
        #expect(old["fine_yuan"] == "<null>", "the former layout has no column for it")
        for field in ["decision_no", "fine_yuan"] {
            new[field] = nil
            old[field] = nil
        }
        #expect(new == old)
    }

    @Test func bothLayoutsOfLicencesGiveTheSameRecord() async throws {
        let answer = Self.xml([
            [
                ("XK_WSH", "望交许〔2023〕1号"), ("XK_XDR_MC", "甲公司"), ("XK_XDR_SHXYM", "91430112MA4L000035"),
                ("XK_XDR_ZZJG", "MA4L00003"), ("XK_FRDB", "某甲"), ("XK_XKWS", "准予许可决定书"), ("XK_XKLB", "普通"),
                ("XK_NR", "普通货物运输"), ("XK_JDRQ", "2023-05-20"), ("XK_YXQZI", "2028-05-20"),
                ("XK_XKJG", "交通运输局"), ("XK_ZT", "1"),
            ],
            [
                ("XK_WSH", "望交许〔2016〕1号"), ("XK_XMMC", "准予许可决定书"), ("XK_SPLB", "普通"),
                ("XK_NR", "普通货物运输"), ("XK_XDR", "甲公司"), ("XK_XDR_SHXYM", "91430112MA4L000035"),
                ("XK_XDR_ZDM", "MA4L00003"), ("XK_FR", "某甲"), ("XK_JDRQ", "2023/05/20"), ("XK_JZQ", "2028/05/20"),
                ("XK_XZJG", "交通运输局"), ("XK_ZT", "0"),
            ],
        ])
        let (records, findings) = try await Self.read("credit", "administrative-licence", answer, type: "text/xml")
        #expect(records.count == 2)
        let alike = records.values.map { $0.filter { $0.key != "licence_no" } }
        #expect(alike.first == alike.last)
        #expect(alike.first?["subject_name"] == "甲公司" && alike.first?["valid_to"] == "2028-05-20")
        #expect(alike.first?["state"] == "1" && alike.first?["category"] == "1")
        #expect(!findings.contains("望交许"))
    }
}
