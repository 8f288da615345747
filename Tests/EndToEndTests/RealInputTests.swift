import Foundation
import Testing

/// Recorded inputs that others published, through real HTTP into a real file.
@Suite struct RealInputTests {
    private static let streets = SourceEntry(
        name: "street", adapter: "http-json",
        with: """
            path: /streets, records: /data/rows, total_path: /data/total, success_path: /code, paging: page, page_size: 1000
            """, key: "code",
        fields: [
            ("code", "required: true"), ("name", "required: true"), ("area", "from: areaCode, index: true"),
            ("province", "from: provinceCode"),
        ])

    /// The recording as pages of objects.
    private static func pages(_ rows: [[String: String]], size: Int) throws -> [[UInt8]] {
        try stride(from: 0, to: max(rows.count, 1), by: size).map { start in
            let page = Array(rows[start..<min(start + size, rows.count)])
            let answer: [String: Any] = ["code": "00", "data": ["total": rows.count, "rows": page]]
            return Array(try JSONSerialization.data(withJSONObject: answer))
        }
    }

    private static func streetRows() throws -> [[String: String]] {
        let file = Repository.recordings.appending(path: "geo-modood-divisions/streets.csv")
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline)
        return lines.dropFirst().map { line in
            let values = line.split(separator: ",", omittingEmptySubsequences: false).map {
                String($0).trimmingCharacters(in: CharacterSet(charactersIn: "\""))
            }
            return ["code": values[0], "name": values[1], "areaCode": values[2], "provinceCode": values[3]]
        }
    }

    @Test(.enabled(if: Repository.hasRecording("geo-modood-divisions/streets.csv")))
    func everyStreetOfChinaArrives() async throws {
        let rows = try Self.streetRows()
        #expect(rows.count == 41_352)
        let pages = try Self.pages(rows, size: 1_000)
        try await LoopbackSource.serving { _, query in
            let page = query["page"].flatMap { Int($0) } ?? 1
            return LoopbackSource.Answer(
                page <= pages.count ? pages[page - 1] : Array(#"{"code":"00","data":{"total":41352,"rows":[]}}"#.utf8))
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["street": Self.streets.text])
            let sync = try await exchange.run("sync", "street")
            #expect(sync.status == 0, "\(sync.complaints)")
            #expect(source.count == 42)
            let records = try await exchange.records(of: "street")
            #expect(records.count == 41_352)
            #expect(records["110101001"]?["name"] == "东华门街道")
            for row in rows.shuffled().prefix(500) {
                #expect(records[row["code"] ?? ""]?["area"] == row["areaCode"])
            }
            let again = try await exchange.run("sync", "street", "--format", "json")
            #expect(again.status == 0)
            #expect(again.output.contains(#""unchanged":41352"#) || again.output.contains(#""unchanged" : 41352"#))
        }
    }

    private static func lei(_ more: String = "") -> SourceEntry {
        SourceEntry(
            name: "lei", adapter: "http-xml",
            with: """
                path: /lei, records: /lei:LEIData/lei:LEIRecords/lei:LEIRecord, \
                namespaces: {lei: "http://www.gleif.org/data/schema/leidata/2016"}\(more)
                """, key: "lei",
            fields: [
                ("lei", "from: 'lei:LEI', required: true"),
                ("name", "from: 'lei:Entity/lei:LegalName', required: true"),
                ("language", "from: 'lei:Entity/lei:LegalName/@xml:lang'"),
                ("country", "from: 'lei:Entity/lei:LegalAddress/lei:Country'"),
                ("created", "from: 'lei:Entity/lei:EntityCreationDate', type: datetime"),
                ("updated", "from: 'lei:Registration/lei:LastUpdateDate', type: datetime"),
            ])
    }

    @Test(.enabled(if: Repository.hasRecording("legal-gleif-bodspipelines/lei-data.xml")))
    func aPromisedTotalThatIsNotMetIsHeld() async throws {
        let body = try Data(contentsOf: Repository.recordings.appending(path: "legal-gleif-bodspipelines/lei-data.xml"))
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(Array(body), type: "application/xml")
        } _: {
            base, _ in
            let trusting = try ExchangeFolder(
                base: base, entries: ["lei": Self.lei(", total_path: /lei:LEIData/lei:LEIHeader/lei:RecordCount").text])
            let held = try await trusting.run("sync", "lei")
            #expect(held.status == 3, "\(held.output) \(held.complaints)")
            #expect(held.complaints.contains("2394586"), "\(held.complaints)")
            #expect(try await trusting.records(of: "lei").isEmpty)

            let exchange = try ExchangeFolder(base: base, entries: ["lei": Self.lei().text])
            let sync = try await exchange.run("sync", "lei")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "lei")
            #expect(records.count == 13)
            let fund = records["001GPB6A9XPE8XJICC14"]
            #expect(fund?["name"] == "Fidelity Advisor Leveraged Company Stock Fund")
            #expect(fund?["language"] == "en")
            #expect(fund?["country"] == "US")
            #expect(fund?["created"] == "2012-11-29T08:00:00+08:00")
            #expect(fund?["updated"] == "2023-05-18T23:41:20.212+08:00")
        }
    }

    /// Who consolidates whom: a relationship has up to three periods, told from each other by the type within them.
    @Test(.enabled(if: Repository.hasRecording("legal-gleif-bodspipelines/rr-data.xml")))
    func periodsAreChosenByTheirType() async throws {
        let body = try Repository.recording("legal-gleif-bodspipelines/rr-data.xml")
        let period = "rr:Relationship/rr:RelationshipPeriods/rr:RelationshipPeriod"
        let entry = SourceEntry(
            name: "relationship", adapter: "http-xml",
            with: """
                path: /rr, records: /rr:RelationshipData/rr:RelationshipRecords/rr:RelationshipRecord, \
                namespaces: {rr: "http://www.gleif.org/data/schema/rr/2016"}
                """, key: "child, parent",
            fields: [
                ("child", "from: 'rr:Relationship/rr:StartNode/rr:NodeID', required: true"),
                ("parent", "from: 'rr:Relationship/rr:EndNode/rr:NodeID', required: true"),
                ("since", "type: datetime, from: \"\(period)[rr:PeriodType='RELATIONSHIP_PERIOD']/rr:StartDate\""),
                ("accounts", "type: datetime, from: \"\(period)[rr:PeriodType='ACCOUNTING_PERIOD']/rr:EndDate\""),
                ("filed", "type: datetime, from: \"\(period)[rr:PeriodType='DOCUMENT_FILING_PERIOD']/rr:EndDate\""),
            ])
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "application/xml")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["relationship": entry.text])
            let sync = try await exchange.run("sync", "relationship")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "relationship").values
            #expect(records.count == 10)
            #expect(records.allSatisfy { $0["since"] != "<null>" })
            let filed = try #require(records.first { $0["filed"] != "<null>" })
            #expect(filed["parent"] == "3C7474T6CDKPR9K6YT90")
            #expect(filed["since"] == "2018-02-06T08:00:00+08:00", "the accounting period stands before it")
            #expect(filed["accounts"] == "2020-12-31T08:00:00+08:00")
            #expect(records.count { $0["accounts"] != "<null>" } == 2)
        }
    }
}
