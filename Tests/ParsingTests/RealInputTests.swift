import Model
import Testing

@testable import Parsing

/// Recorded answers and published files.
@Suite struct RealInputTests {
    @Test(.enabled(if: SharedData.has("legal-gleif-bodspipelines")), arguments: [1000, 65536])
    func legalEntityIdentifiers(_ chunk: Int) throws {
        let specification = try xml(
            "/lei:LEIData/lei:LEIRecords/lei:LEIRecord",
            [
                "lei:LEI", "lei:Entity/lei:LegalName", "lei:Entity/lei:LegalName/@xml:lang",
                "lei:Entity/lei:HeadquartersAddress/lei:FirstAddressLine", "Registration/RegistrationStatus",
            ],
            document: ["/lei:LEIData/lei:LEIHeader/lei:RecordCount"],
            namespaces: ["lei": "http://www.gleif.org/data/schema/leidata/2016"])
        let reading = try Reading(
            SharedData.bytes("legal-gleif-bodspipelines/lei-data.xml"), specification, chunk: chunk)
        #expect(reading.document == ["2394586"])
        #expect(reading.rows.count == 13)
        #expect(
            reading.texts[0] == [
                "001GPB6A9XPE8XJICC14", "Fidelity Advisor Leveraged Company Stock Fund", "en",
                "C/O Fidelity Management & Research Company LLC", "ISSUED",
            ])
        #expect(reading.texts.allSatisfy { $0[0].utf8.count == 20 && !$0[1].isEmpty })
    }

    @Test(.enabled(if: SharedData.has("geo-modood-divisions")))
    func divisions() throws {
        let areas = try Reading(
            SharedData.bytes("geo-modood-divisions/areas.json"), json("", ["code", "name", "cityCode"]), chunk: 4096)
        #expect(areas.rows.count == 2978)
        #expect(areas.texts[0] == ["110101", "东城区", "1101"])
        let nested = try Reading(
            SharedData.bytes("geo-modood-divisions/pcas-code.json"),
            json("", ["code", "children[0].children[0].name", "children"]), chunk: 4096)
        #expect(nested.rows.count == 31)
        #expect(nested.texts[0][1] == "东城区")
        #expect(nested.texts[0][2].hasPrefix(#"[{"code":"1101","name":"市辖区","children":[{"#))
    }
}
