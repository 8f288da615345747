import Foundation
import HTTPTypes
import Testing

/// Answers that were recorded from repositories and web services, through their own adapters.
@Suite struct HarvestInputTests {
    // MARK: - OAI-PMH

    private static let sickle = "dept-oaipmh-sickle/sickle/tests/sample_data/"

    private static let documents = SourceEntry(
        name: "document", adapter: "oai-pmh", with: "path: /oai",
        delivers: """
            delivers: delta
            since: {parameter: from, field: changed}
            removed: {field: header/@status, values: [deleted]}
            """, key: "identifier",
        fields: [
            ("identifier", "from: header/identifier, required: true"),
            ("changed", "from: header/datestamp, type: datetime"),
            ("name", "from: metadata/dc/title"), ("maker", "from: 'metadata/dc/creator[2]'"),
            ("published", "from: metadata/dc/date"),
        ])

    /// The recording walks by tokens that are the names of its files. Before it, both records were there.
    @Test(.enabled(if: Repository.hasRecording(sickle + "ListRecords.xml")))
    func whatARepositoryDeletedIsRemoved() async throws {
        let asked = Asked()
        try await LoopbackSource.serving { _, query in
            await asked.note(query.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&"))
            let file = query["resumptionToken"].map(String.init) ?? "ListRecords.xml"
            var text = try Repository.recordedText(Self.sickle + file)
            if query["resumptionToken"] == nil, query["from"] == nil {
                text = text.replacing(#" status="deleted""#, with: "")
                text = text.replacing(try Regex("<resumptionToken.*</resumptionToken>"), with: "")
            }
            return LoopbackSource.Answer(text, type: "text/xml;charset=UTF-8")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["document": Self.documents.text])
            let first = try await exchange.run("sync", "document")
            #expect(first.status == 0, "\(first.output) \(first.complaints)")
            var records = try await exchange.records(of: "document")
            let identifiers = records.values.compactMap { $0["identifier"] }.sorted()
            #expect(identifiers == ["oai:test.example.com:1585310", "oai:test.example.com:1585322"])
            #expect(records.values.contains { $0["changed"] == "2011-01-10T18:19:23+08:00" })

            let second = try await exchange.run("sync", "document")
            #expect(second.status == 0, "\(second.output) \(second.complaints)")
            records = try await exchange.records(of: "document")
            #expect(records.values.map { $0["identifier"] } == ["oai:test.example.com:1585322"])
            #expect(records.values.first?["name"] == "Sample Title")
            #expect(records.values.first?["maker"] == "John Doe")
            #expect(records.values.first?["published"] == "2010")
            let refused = try await exchange.run("quarantine", "list", "--entry", "document")
            #expect(refused.output.contains("key.missing"), "a deleted record without identifier: \(refused.output)")
        }
        #expect(
            await asked.all == [
                "metadataPrefix=oai_dc&verb=ListRecords",
                "from=2011-07-18T16:31:00Z&metadataPrefix=oai_dc&verb=ListRecords",
                "resumptionToken=ListRecords2.xml&verb=ListRecords",
                "resumptionToken=ListRecords3.xml&verb=ListRecords",
                "resumptionToken=ListRecords4.xml&verb=ListRecords",
            ])
    }

    // MARK: - SOAP

    private static let savon = "dept-soap-savon/spec/fixtures/response/"

    private static let history = SourceEntry(
        name: "history", adapter: "http-soap",
        with: """
            path: /rules, action: urn:history, body: '<h:history xmlns:h="http://www.example.com/BusinessRulesEngine/xsd"/>', \
            records: /Envelope/Body/MultiNamespacedEntryResponse/history/case
            """, key: "moment",
        fields: [
            ("moment", "from: logTime, type: datetime, required: true"), ("kind", "from: logType"),
            ("note", "from: logText"),
        ])

    @Test(.enabled(if: Repository.hasRecording(savon + "list.xml")))
    func casesOfManyNamespacesAreOneList() async throws {
        let body = try Repository.recording(Self.savon + "list.xml")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/xml;charset=UTF-8")
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["history": Self.history.text])
            let sync = try await exchange.run("sync", "history")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "history")
            #expect(records.values.map { $0["note"] ?? "" }.sorted() == ["another test", "test"])
            #expect(records.values.allSatisfy { $0["kind"] == "Notes Log" })
            #expect(records.values.contains { $0["moment"] == "2010-09-21T16:22:01.558+08:00" })
            #expect(source.bodies.count == 1)
        }
    }

    @Test(.enabled(if: Repository.hasRecording(savon + "soap_fault.xml")), arguments: [200, 500])
    func aFaultIsToldWithItsWords(status: Int) async throws {
        let body = try Repository.recording(Self.savon + "soap_fault.xml")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/xml", status: status == 200 ? .ok : .internalServerError)
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["history": Self.history.text])
            let sync = try await exchange.run("sync", "history")
            #expect(sync.status == 1)
            #expect(sync.complaints.contains("soap:Server: Fault occurred while processing."), "\(sync.complaints)")
            #expect(try await exchange.records(of: "history").isEmpty)
            #expect(source.count == 4, "a fault of the server is asked again, three times")
        }
    }
}
