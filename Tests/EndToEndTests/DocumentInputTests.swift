import Foundation
import Testing

/// Nested documents: patients as lines of JSON, recalls as XML and as lines.
@Suite struct DocumentInputTests {
    private static let patients = "population-synthea-patients/Patient.ndjson"
    private static let licence = "urn:oid:2.16.840.1.113883.4.3.25"

    /// What the recording has at a place that members and indexes lead to.
    private static func value(_ document: Any?, _ steps: [String]) -> Any? {
        steps.reduce(document) { value, step in
            guard let index = Int(step), let list = value as? [Any] else { return (value as? [String: Any])?[step] }
            return list.indices.contains(index) ? list[index] : nil
        }
    }

    @Test(.enabled(if: Repository.hasRecording(patients)))
    func patientsArriveWithWhatIsNestedInThem() async throws {
        let body = try Repository.recording(Self.patients)
        let entry = SourceEntry(
            name: "patient", adapter: "http-json", with: "path: /Patient, lines: true", key: "code",
            fields: [
                ("code", "from: id, required: true"), ("family", "from: 'name[0].family'"),
                ("given", "from: 'name[0].given[0]'"), ("street", "from: 'address[0].line[0]'"),
                ("town", "from: 'address[0].city'"),
                ("licence", "from: \"identifier[?(@.system=='\(Self.licence)')].value\""),
                ("born", "from: birthDate, type: date"), ("died", "from: deceasedDateTime, type: datetime"),
                ("gender", "from: gender, map: {male: '1', female: '2'}"),
                ("latitude", "from: 'address[0].extension[0].extension[0].valueDecimal', type: decimal"),
            ])
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "application/fhir+ndjson")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["patient": entry.text])
            let sync = try await exchange.run("sync", "patient")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "patient")
            #expect(records.count == 100)
            for line in body.split(separator: UInt8(ascii: "\n")) {
                let patient = try JSONSerialization.jsonObject(with: Data(line))
                let record = try #require(records[Self.value(patient, ["id"]) as? String ?? ""])
                #expect(record["family"] == Self.value(patient, ["name", "0", "family"]) as? String)
                #expect(record["given"] == Self.value(patient, ["name", "0", "given", "0"]) as? String)
                #expect(record["street"] == Self.value(patient, ["address", "0", "line", "0"]) as? String)
                let all = Self.value(patient, ["identifier"]) as? [[String: Any]] ?? []
                let licence = all.first { $0["system"] as? String == Self.licence }?["value"] as? String
                #expect(record["licence"] == licence ?? "<null>")
                #expect(record["born"] == Self.value(patient, ["birthDate"]) as? String)
            }
            #expect(records.values.count { $0["licence"] != "<null>" } == 91)
            #expect(records.values.count { $0["died"] != "<null>" } == 8)
            #expect(records.values.count { $0["gender"] == "2" } == 15)
            let first = records["d78af07c-9cb9-4f31-9b11-c45a28f2eec8"]
            #expect(first?["family"] == "Kreiger")
            #expect(first?["street"] == "931 Doyle Corner Apt 89")
            #expect(first?["licence"] == "S99922788")
            #expect(first?["latitude"] == "42.564647")
        }
    }

    private static let fragments = [
        "upc-more-than-one-labeler", "upc-with-dashes", "upc-with-spaces-and-dashes", "upc-with-spaces",
    ]

    private static func recalls(_ adapter: String, _ with: String, key: String) -> String {
        let number = adapter == "http-xml" ? [("number", "from: '@id', required: true")] : []
        return SourceEntry(
            name: "recall", adapter: adapter, with: with, key: key,
            fields: number + [
                ("product", "from: product-description, required: true"), ("firm", "from: recalling-firm"),
                ("reported", "from: report-date, type: date, format: MM/dd/yyyy"),
                ("begun", "from: recall-initiation-date, type: date, format: MM/dd/yyyy"),
                ("codes", "from: code-info"),
                ("class", "from: classification, map: {Class I: '1', Class II: '2', Class III: '3'}"),
            ]
        ).text
    }

    /// A fragment is a document of its own; a department that sends several puts them into one element.
    @Test(.enabled(if: Repository.hasRecording("credit-openfda-recall/upc-with-dashes.xml")))
    func recallsArriveWithDatesOfTheirCountry() async throws {
        let texts = try Self.fragments.map { try Repository.recordedText("credit-openfda-recall/\($0).xml") }
        try await LoopbackSource.serving { path, _ in
            let text =
                path == "/one"
                ? texts[1]
                : "<recalls>\(texts.joined())<recall-number id='blank'>"
                    + "<product-description>x</product-description><report-date> </report-date></recall-number></recalls>"
            return LoopbackSource.Answer(text, type: "application/xml")
        } _: { base, _ in
            let one = try ExchangeFolder(
                base: base,
                entries: ["recall": Self.recalls("http-xml", "path: /one, records: /recall-number", key: "number")])
            #expect(try await one.run("sync", "recall").status == 0)
            let single = try await one.records(of: "recall")
            #expect(single.count == 1)
            #expect(single["F-0864-2013"]?["firm"] == "Udi's Healthy Foods,Granola & Gluten Free")
            #expect(single["F-0864-2013"]?["reported"] == "2013-01-16")
            #expect(single["F-0864-2013"]?["begun"] == "2012-12-19")
            #expect(single["F-0864-2013"]?["codes"] == "UPC 6-98997-80615-8\nBest by 041913 122565 1")

            let all = try ExchangeFolder(
                base: base,
                entries: [
                    "recall": Self.recalls("http-xml", "path: /all, records: /recalls/recall-number", key: "number")
                ])
            let sync = try await all.run("sync", "recall")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await all.records(of: "recall")
            #expect(records.keys.sorted() == ["D-022-2014", "D-1411-2012", "D-324-2013", "F-0864-2013", "blank"])
            #expect(records["D-022-2014"]?["reported"] == "2013-12-04")
            #expect(records["blank"]?["reported"] == "<null>")
            #expect(records["blank"]?["begun"] == "<null>")
        }
    }

    @Test(.enabled(if: Repository.hasRecording("credit-openfda-recall/ucm308307.json")))
    func recallsArriveLineByLine() async throws {
        let body = try Repository.recording("credit-openfda-recall/ucm308307.json")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "application/x-ndjson")
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: ["recall": Self.recalls("http-json", "path: /lines, lines: true", key: "product")])
            let sync = try await exchange.run("sync", "recall")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "recall")
            #expect(records.count == 72)
            #expect(records.values.allSatisfy { $0["reported"] == "2012-06-13" && $0["begun"] == "<null>" })
            #expect(records.values.count { $0["class"] == "1" } == 7)
            #expect(records.values.count { $0["class"] == "2" } == 46)
            #expect(records.values.count { $0["codes"] == "<null>" } == 1)
        }
    }
}
