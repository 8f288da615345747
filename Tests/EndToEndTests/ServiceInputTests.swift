import Foundation
import Testing

/// Recorded answers of OData and ArcGIS services, through real HTTP and their adapters into a real file.
@Suite struct ServiceInputTests {
    // MARK: - OData

    /// The same fields of a record as JSON and as Atom.
    private static func twin(_ name: String, _ fields: [(name: String, type: String)], atom: Bool, with: String)
        -> String
    {
        SourceEntry(
            name: name, adapter: atom ? "http-xml" : "odata-v2",
            with: atom
                ? "path: /atom, records: /feed/entry/content/properties, \(with)" : "path: /json, \(with)",
            key: fields[0].name.lowercased(),
            fields: fields.map { field in
                let required = field.name == fields[0].name ? ", required: true" : ""
                return (field.name.lowercased(), "from: \(field.name), type: \(field.type)\(required)")
            }
        ).text
    }

    private static let product = [
        ("ProductID", "integer"), ("ProductName", "text"), ("QuantityPerUnit", "text"), ("UnitPrice", "decimal"),
        ("UnitsInStock", "integer"), ("Discontinued", "boolean"),
    ]
    private static let customer = [
        ("CustomerID", "text"), ("CompanyName", "text"), ("City", "text"), ("Region", "text"), ("Fax", "text"),
    ]

    @Test(
        .enabled(if: Repository.hasRecording("dept-odata-odata4j/json/SystemQueryOptionInlinecountTopTest.json")))
    func jsonAndAtomOfOneQueryAreEqual() async throws {
        let folder = "dept-odata-odata4j"
        let json = try Repository.recording("\(folder)/json/SystemQueryOptionInlinecountTopTest.json")
        let atom = try Repository.recording("\(folder)/xml/SystemQueryOptionInlinecountTopTest.xml")
        try await LoopbackSource.serving { path, _ in
            path == "/json"
                ? LoopbackSource.Answer(json) : LoopbackSource.Answer(atom, type: "application/atom+xml;charset=utf-8")
        } _: { base, source in
            let exchange = try ExchangeFolder(
                base: base,
                entries: [
                    "json": Self.twin("json", Self.product, atom: false, with: "count: false"),
                    "atom": Self.twin("atom", Self.product, atom: true, with: "paging: none"),
                    "counted": Self.twin("counted", Self.product, atom: false, with: "page_size: 5"),
                ])
            for name in ["json", "atom"] {
                let sync = try await exchange.run("sync", name)
                #expect(sync.status == 0, "\(name): \(sync.output) \(sync.complaints)")
            }
            let records = try await exchange.records(of: "json")
            #expect(records.count == 5)
            #expect(records["1"]?["productname"] == "Chai")
            #expect(records["1"]?["unitprice"]?.hasPrefix("18") == true)
            // The Atom was asked for ten products, the JSON for five of them.
            let twins = try await exchange.records(of: "atom")
            #expect(twins.count == 10)
            #expect(twins.filter { records[$0.key] != nil } == records)

            // The answer counts 77 products, of which the recorded page has five.
            let counted = try await exchange.run("sync", "counted")
            #expect(counted.status == 3, "\(counted.output) \(counted.complaints)")
            #expect(counted.complaints.contains("77"), "\(counted.complaints)")
            #expect(source.asked.last == "/json?$format=json&$inlinecount=allpages")
        }
    }

    /// The recorded text lacks the brace that ends each record, as its source sent it; with them it is the twin of the Atom.
    @Test(.enabled(if: Repository.hasRecording("dept-odata-odata4j/json/SystemQueryOptionSkipTokenTest.json")))
    func aBodyInWindows1252IsReadAndABrokenOneRefused() async throws {
        let folder = "dept-odata-odata4j"
        let broken = try Repository.recording("\(folder)/json/SystemQueryOptionSkipTokenTest.json")
        let atom = try Repository.recording("\(folder)/xml/SystemQueryOptionSkipTokenTest.xml")
        #expect(String(validating: broken, as: UTF8.self) == nil)
        let mark = Array(#"/Orders"}}"#.utf8)
        var mended: [UInt8] = []
        for byte in broken {
            mended.append(byte)
            if mended.suffix(mark.count).elementsEqual(mark) { mended.append(UInt8(ascii: "}")) }
        }
        try await LoopbackSource.serving { [mended] path, query in
            path == "/atom"
                ? LoopbackSource.Answer(atom, type: "application/atom+xml")
                : LoopbackSource.Answer(query["broken"] == nil ? mended : broken)
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base,
                entries: [
                    "json": Self.twin("json", Self.customer, atom: false, with: "charset: windows-1252"),
                    "atom": Self.twin("atom", Self.customer, atom: true, with: "paging: none"),
                    "guessed": Self.twin("guessed", Self.customer, atom: false, with: "count: true"),
                    "broken": Self.twin(
                        "broken", Self.customer, atom: false, with: "charset: windows-1252, query: {broken: '1'}"),
                ])
            for name in ["json", "atom"] {
                let sync = try await exchange.run("sync", name)
                #expect(sync.status == 0, "\(name): \(sync.output) \(sync.complaints)")
            }
            let records = try await exchange.records(of: "json")
            #expect(records.count == 5)
            #expect(records["ANTON"]?["city"] == "México D.F.")
            #expect(records["BERGS"]?["companyname"] == "Berglunds snabbköp")
            #expect(try await exchange.records(of: "atom") == records)

            let guessed = try await exchange.run("sync", "guessed")
            #expect(guessed.status != 0)
            #expect(guessed.complaints.contains("source.encoding"), "\(guessed.complaints)")
            let refused = try await exchange.run("sync", "broken")
            #expect(refused.status != 0)
            #expect(refused.complaints.contains("source.malformed"), "\(refused.complaints)")
            for name in ["guessed", "broken"] { #expect(try await exchange.records(of: name).isEmpty) }
        }
    }

    // MARK: - ArcGIS

    private static let fixtures = "dept-arcgis-esridump/tests/fixtures"

    private static func features(of body: [UInt8]) throws -> [[String: Any]] {
        let document = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
        return try #require(document?["features"] as? [[String: Any]])
    }

    /// Answers a count, object ids and one page as recorded; later pages are empty.
    private static func answers(
        _ service: String
    ) throws -> @Sendable (String, [Substring: Substring]) async throws -> LoopbackSource.Answer {
        let page = try Repository.recording("\(fixtures)/\(service)/\(service)-0.json")
        let count = try Repository.recording("\(fixtures)/\(service)/\(service)-count-only.json")
        return { _, query in
            if query["returnCountOnly"] == "true" { return LoopbackSource.Answer(count) }
            return query["resultOffset"] == nil || query["resultOffset"] == "0"
                ? LoopbackSource.Answer(page) : LoopbackSource.Answer(#"{"features":[]}"#)
        }
    }

    private static func address(_ name: String, _ with: String) -> String {
        SourceEntry(
            name: name, adapter: "arcgis", with: "layer: /Addresses/MapServer/2, \(with)", key: "id",
            fields: [
                ("id", "from: attributes.OBJECTID, type: integer, required: true"),
                ("house", "from: attributes.HOUSENO, type: integer"),
                ("street", "from: attributes.STREET"),
                ("place", "from: geometry, type: geometry, crs: EPSG:4326"),
            ]
        ).text
    }

    @Test(.enabled(if: Repository.hasRecording(fixtures + "/us-mo-columbia/us-mo-columbia-0.json")))
    func aLayerThatKeepsBackFeaturesIsHeld() async throws {
        let name = "us-mo-columbia"
        let features = try Self.features(of: try Repository.recording("\(Self.fixtures)/\(name)/\(name)-0.json"))
        let ids = try JSONSerialization.jsonObject(
            with: Data(try Repository.recording("\(Self.fixtures)/\(name)/\(name)-ids-only.json")))
        let promised = (ids as? [String: Any])?["objectIds"] as? [Int]
        #expect(features.count == 43)
        try await LoopbackSource.serving(try Self.answers(name)) { base, source in
            let exchange = try ExchangeFolder(
                base: base,
                entries: [
                    "counted": Self.address("counted", "order: OBJECTID"),
                    "trusting": Self.address("trusting", "count: false"),
                ])
            let held = try await exchange.run("sync", "counted")
            #expect(held.status == 3, "\(held.output) \(held.complaints)")
            #expect(held.complaints.contains("84296"), "\(held.complaints)")
            #expect(try await exchange.records(of: "counted").isEmpty)
            let query = "/Addresses/MapServer/2/query?where=1=1&"
            let page = "\(query)outFields=*&returnGeometry=true&"
            let asked: [String] = [
                "\(query)f=json&returnCountOnly=true",
                "\(page)orderByFields=OBJECTID&resultOffset=0&resultRecordCount=1000&f=json",
                "\(page)orderByFields=OBJECTID&resultOffset=43&resultRecordCount=1000&f=json",
            ]
            #expect(source.asked == asked)

            let sync = try await exchange.run("sync", "trusting")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(Array(source.asked.dropFirst(3)) == ["\(page)resultOffset=0&resultRecordCount=1000&f=json"])
            let records = try await exchange.records(of: "trusting")
            #expect(Set(records.keys) == Set((promised ?? []).map(String.init)))
            #expect(records["64579816"]?["street"] == "CLELLIE HARMON")
            #expect(records["64579816"]?["house"] == "4880")
            #expect(records["64579816"]?["place"]?.contains("-92.2698465") == true, "\(records["64579816"] ?? [:])")
        }
    }

    private static func facility(_ name: String, _ with: String) -> String {
        SourceEntry(
            name: name, adapter: "arcgis", with: "layer: /Facilities/FeatureServer/0, \(with)", key: "id",
            fields: [
                ("id", "from: attributes.objectid, type: integer, required: true"),
                ("quality", "from: attributes.quality, type: integer"),
                ("observed", "from: attributes.observed, type: datetime, format: epoch-ms"),
                ("place", "from: geometry, type: geometry, crs: EPSG:4326"),
            ]
        ).text
    }

    @Test(.enabled(if: Repository.hasRecording(fixtures + "/us-esri-test/us-esri-test-0.json")))
    func featuresWithTimesArrive() async throws {
        let name = "us-esri-test"
        let features = try Self.features(of: try Repository.recording("\(Self.fixtures)/\(name)/\(name)-0.json"))
        let ids = try JSONSerialization.jsonObject(
            with: Data(try Repository.recording("\(Self.fixtures)/\(name)/\(name)-ids-only.json")))
        let promised = (ids as? [String: Any])?["objectIds"] as? [Int]
        let located = features.filter { $0["geometry"] != nil }.count
        #expect(located == 838)
        try await LoopbackSource.serving(try Self.answers(name)) { base, source in
            let exchange = try ExchangeFolder(
                base: base,
                entries: [
                    "counted": Self.facility("counted", "order: objectid"),
                    "facility": Self.facility("facility", "count: false"),
                ])
            // The service counted 312 on another day than it gave 1,000.
            let held = try await exchange.run("sync", "counted")
            #expect(held.status == 3, "\(held.output) \(held.complaints)")
            #expect(held.complaints.contains("312"), "\(held.complaints)")
            #expect(source.asked.count == 2)
            let sync = try await exchange.run("sync", "facility")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(source.asked.count == 3)
            let records = try await exchange.records(of: "facility")
            #expect(records.count == 1_000)
            #expect(Set(records.keys) == Set((promised ?? []).map(String.init)))
            #expect(records["306120"]?["observed"] == "2015-04-07T19:04:35+08:00")
            #expect(records.values.filter { $0["place"]?.contains("Point") == true }.count == located)
            #expect(records["321276"]?["place"]?.contains("-117.3473434") == true, "\(records["321276"] ?? [:])")
        }
    }
}
