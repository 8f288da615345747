import Foundation
import HTTPTypes
import Testing

/// Answers of services on X-Road, the exchange of whole governments: envelopes with identities in their headers.
@Suite(.enabled(if: Repository.hasRecording("dept-xroad-soap/example-adapter/examples/listPeopleResponse.xml")))
struct XRoadInputTests {
    private static let folder = "dept-xroad-soap/example-adapter/examples/"
    private static let header = #"<x:userId xmlns:x="http://x-road.eu/xsd/xroad.xsd">GBmisp</x:userId>"#

    private static func entry(
        _ name: String, _ operation: String, records: String, key: String, _ fields: [(String, String)]
    ) -> SourceEntry {
        SourceEntry(
            name: name, adapter: "http-soap",
            with: """
                path: /, header: '\(header)', body: '<p:\(operation) xmlns:p="http://test.x-road.global/producer"/>', \
                records: /Envelope/Body/\(operation)Response/\(records), \
                success_path: /Envelope/Header/service/serviceCode, success_values: [\(operation)]
                """, key: key, fields: fields)
    }

    private static let people = entry(
        "person", "listPeople", records: "people/person", key: "number",
        [("number", "from: ssn, required: true"), ("given", "from: firstName"), ("family", "from: lastName")])

    @Test func peopleArrive() async throws {
        let body = try Repository.recording(Self.folder + "listPeopleResponse.xml")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/xml;charset=UTF-8")
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["person": Self.people.text])
            let sync = try await exchange.run("sync", "person")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "person")
            #expect(records.keys.sorted() == ["1230", "1231", "1232", "1233", "1234", "1235"])
            #expect(records["1233"] == ["number": "1233", "given": "Maria", "family": "Johnson"])
            let sent = try #require(source.bodies.first)
            #expect(sent.contains("<soap:Header>\(Self.header)</soap:Header>"), "\(sent)")
        }
    }

    /// Telephone and address are pairs of a type and a value: the type chooses.
    @Test func valuesAreChosenByTheTypeBesideThem() async throws {
        let body = try Repository.recording(Self.folder + "personDetailsResponse.xml")
        let details = Self.entry(
            "details", "personDetails", records: "person", key: "number",
            [
                ("number", "from: ssn, required: true"), ("born", "from: dateOfBirth, type: date"),
                ("telephone", "from: \"contacts/contact[type='phone']/value\""),
                ("mail", "from: \"contacts/contact[type='email']/value\""),
                ("telex", "from: \"contacts/contact[type='telex']/value\""),
            ])
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/xml;charset=UTF-8")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["details": details.text])
            let sync = try await exchange.run("sync", "details")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "details")
            let expected = [
                "number": "1235", "born": "1966-06-30", "telephone": "+123 4567890", "mail": "other@email.nil",
                "telex": "<null>",
            ]
            #expect(records == ["1235": expected])
        }
    }

    /// The recording is a whole answer, head and body, with two files behind the envelope; cut off, it is asked for again.
    @Test func theEnvelopeAmongAttachmentsIsRead() async throws {
        let recorded = try Repository.recordedText(Self.folder + "getAttachmentsResponse.txt")
        let lines = recorded.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
        let blank = try #require(lines.firstIndex(of: ""))
        let type = try #require(lines.first { $0.hasPrefix("Content-Type: ") }).dropFirst("Content-Type: ".count)
        #expect(type.hasPrefix("multipart/related"))
        let body = lines[(blank + 1)...].joined(separator: "\r\n")
        let envelope = try #require(body.firstRange(of: "</soapenv:Envelope>"))
        let isWhole = Turn()
        let attachments = Self.entry(
            "attachment", "getAttachments", records: "attachment", key: "name",
            [("name", "required: true"), ("size", "type: integer")])
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(
                await isWhole.next() ? body : String(body[..<envelope.lowerBound]), type: String(type))
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["attachment": attachments.text])
            let sync = try await exchange.run("sync", "attachment")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(source.count == 2)
            let records = try await exchange.records(of: "attachment")
            #expect(records.mapValues { $0["size"] } == ["attachment_0_100": "100", "attachment_1_50": "50"])
        }
    }

    /// A security server that refuses says so in a fault, for which it keeps the status 500.
    @Test func whatASecurityServerRefusesIsTold() async throws {
        let fault = """
            <?xml version="1.0" encoding="UTF-8"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/">\
            <SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>Server.ServerProxy.AccessDenied</faultcode><faultstring>Request is not \
            allowed: SERVICE:PLAYGROUND/GOV/8765432-1/TestService/listPeople</faultstring><faultactor></faultactor><detail>\
            <faultDetail xmlns="">e4a3</faultDetail></detail></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>
            """
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(fault, type: "text/xml;charset=UTF-8", status: .internalServerError)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["person": Self.people.text])
            let sync = try await exchange.run("sync", "person")
            #expect(sync.status == 1)
            #expect(sync.complaints.contains("Server.ServerProxy.AccessDenied"), "\(sync.complaints)")
            #expect(sync.complaints.contains("Request is not allowed"), "\(sync.complaints)")
        }
    }

    private actor Turn {
        private var count = 0
        /// Whether it was asked before.
        func next() -> Bool {
            count += 1
            return count > 1
        }
    }
}
