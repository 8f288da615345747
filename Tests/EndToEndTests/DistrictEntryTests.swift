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
                ("CF_CFJG", "市场监督管理局"), ("CF_XDR_GSZC", "430122000012345"), ("CF_XDR_SWDJ", "43012212345678"),
                ("CF_XDR_ZJHM", "11010519491231002X"), ("BZ", "备注"), ("CF_FR_ZJLX", "身份证"), ("CF_NR_ZKDX", "执照1"),
                ("CF_SJLYDM", "114301120061234586"),
            ],
            [
                ("CF_WSH", "望市监罚〔2016〕1号"), ("CF_CFMC", "发布虚假广告"), ("CF_CFLB1", "罚款"), ("CF_SY", "事实"),
                ("CF_YJ", "依据"), ("CF_XDR", "甲公司"), ("CF_XDR_SHXYM", "91430112MA4L000035"),
                ("CF_XDR_ZDM", "MA4L00003"), ("CF_FR", "某甲"), ("CF_JG", "罚款2000元"), ("CF_JDRQ", "2023/05/20"),
                ("CF_JZQ", "2028/05/20"), ("CF_GSJZQ", "2026/05/20"), ("CF_XZJG", "市场监督管理局"), ("CF_ZT", "1"),
                ("CF_XDR_GSDJ", "430122000012345"), ("CF_XDR_SWDJ", "43012212345678"),
                ("CF_XDR_SFZ", "11010519491231002X"), ("BZ", "备注"), ("DFBM", "430112"), ("SJC", "2016/05/20"),
            ],
        ])
        let (records, _) = try await Self.read("credit", "administrative-penalty", answer, type: "text/xml")
        #expect(records.count == 2)
        var new = try #require(records.values.first { $0["decision_no"] == "望市监罚〔2023〕1号" })
        var old = try #require(records.values.first { $0["decision_no"] == "望市监罚〔2016〕1号" })
        #expect(new["fine_yuan"] == "2000" && new["category"] == "03" && new["subject_code"] == "91430112MA4L000035")
        #expect(old["fine_yuan"] == "<null>", "the former layout has no column for it")
        #expect(new["register_no"] == "430122000012345" && new["subject_id"] == "11010519491231002X")
        #expect(new["legal_rep_id_type"] == "111" && new["withheld_permit"] == "执照1")
        #expect(old["state"] == "1" && old["division"] == "430112000000" && old["sent_on"] == "2016-05-20")
        // What only one of the layouts has.
        for field in [
            "decision_no", "fine_yuan", "legal_rep_id_type", "withheld_permit", "source_code", "state", "division",
            "sent_on",
        ] {
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
                ("XK_NR", "普通货物运输"), ("XK_JDRQ", "2023-05-20"), ("XK_YXQZI", "长期"),
                ("XK_XDR_GSZC", "430122000012345"), ("XK_XDR_ZJHM", "11010519491231002X"),
                ("XK_XKJG", "交通运输局"), ("XK_ZT", "1"),
            ],
            [
                ("XK_WSH", "望交许〔2016〕1号"), ("XK_XMMC", "准予许可决定书"), ("XK_SPLB", "普通"),
                ("XK_NR", "普通货物运输"), ("XK_XDR", "甲公司"), ("XK_XDR_SHXYM", "91430112MA4L000035"),
                ("XK_XDR_ZDM", "MA4L00003"), ("XK_FR", "某甲"), ("XK_JDRQ", "2023/05/20"), ("XK_JZQ", "2099/12/31"),
                ("XK_XDR_GSDJ", "430122000012345"), ("XK_XDR_SFZ", "11010519491231002X"),
                ("XK_XZJG", "交通运输局"), ("XK_ZT", "0"),
            ],
        ])
        let (records, findings) = try await Self.read("credit", "administrative-licence", answer, type: "text/xml")
        #expect(records.count == 2)
        let alike = records.values.map { $0.filter { $0.key != "licence_no" } }
        #expect(alike.first == alike.last)
        #expect(alike.first?["subject_name"] == "甲公司" && alike.first?["valid_to"] == "9999-12-31")
        #expect(alike.first?["state"] == "1" && alike.first?["category"] == "1")
        #expect(!findings.contains("望交许"))
    }

    @Test func certificatesAreReadWithTheirHolders() async throws {
        let issuer = "11430000006122244L"
        func certificate(_ identifier: String, holder: String, expires: String) -> String {
            """
            {"identifier": "\(identifier)", "typeCode": "11100000000013338W011", "name": "合格证书", "number": "1",
             "holder": \(holder), "issuer": {"name": "厅", "code": "\(issuer)"},
             "term": {"issued": "05/20/2021", "effective": "05/20/2021", "expires": "\(expires)"},
             "state": {"code": "有效", "invalidReason": null}, "file": {"sm3": "无"}}
            """
        }
        let root = "1.2.156.3005.2.11100000000013338W011.\(issuer).20230000403"
        let items = [
            certificate(
                root + ".002.s",
                holder: #"{"name": "甲", "codeType": "001", "organization": {"creditCode": "91430112ma4l000035"}}"#,
                expires: "长期"),
            certificate(
                root + ".001.7",
                holder: #"{"name": "乙", "codeType": "111", "person": {"idNumber": "11010519491231002x"}}"#,
                expires: "12/31/2026"),
        ]
        let answer =
            #"{"status": "success", "result": {"count": 2, "certificates": [\#(items.joined(separator: ","))]}}"#
        let (records, findings) = try await Self.read("e-licence", "e-licence", answer)
        let firm = try #require(records.values.first { $0["holder"] == "甲" })
        let person = try #require(records.values.first { $0["holder"] == "乙" })
        #expect(firm["certificate_id"] == root + ".002.S")
        #expect(firm["holder_uscc"] == "91430112MA4L000035" && firm["expires_on"] == "9999-12-31")
        #expect(firm["issued_on"] == "2021-05-20" && firm["status"] == "1" && firm["file_sm3"] == "<null>")
        // The check character is not that of the rest: said, and kept all the same.
        #expect(person["certificate_id"] == root + ".001.7" && findings.contains("certificate-id.check-digit"))
        #expect(person["holder_citizen_id"] == "11010519491231002X" && person["expires_on"] == "2026-12-31")
    }

    @Test func realEstateUnitsAreMeasuredAndPlaced() async throws {
        let ring =
            "38384316.496 3138903.702, 38384346.496 3138903.702, 38384346.496 3138953.702, 38384316.496 3138903.702"
        func unit(_ code: String, area: String) -> String {
            """
            {"BDCDYH": "\(code)", "ZDDM": "430112001001GB00001", "ZL": "望府路1号", "QH": "430112001000",
             "QLLX": "国有建设用地使用权", "TDYT": "0701", "MJ": \(area), "QLR": "甲", "QLRXYDM": null, "QLRSFZH": null,
             "GYFS": "0", "DJSJ": "2021年5月20日", "SFDY": "是", "SFCF": "否", "WKT": "POLYGON ((\(ring)))"}
            """
        }
        let units = [unit("430112 001001 gb00001 W00000000", area: "2.25"), unit("430112001001GB00001", area: "1")]
        let answer = #"{"code": 0, "count": 2, "data": [\#(units.joined(separator: ","))]}"#
        let (records, _) = try await Self.read("natural-resources", "real-estate-unit", answer)
        let built = try #require(records["430112001001GB00001W00000000"])
        #expect(built["area_m2"] == "1500" && built["right_type"] == "3" && built["registered_on"] == "2021-05-20")
        #expect(built["mortgaged"] == "1" && built["seized"] == "0")
        // 28.36° N, 112.82° E: computed with PROJ, in EPSG:4526 with the zone before the easting.
        let outline = built["geometry"] ?? ""
        #expect(outline.contains("112.82") && outline.contains("28.36"), "\(outline)")
        #expect(records["430112001001GB00001"]?["area_m2"] == "666.666667")
    }
}
