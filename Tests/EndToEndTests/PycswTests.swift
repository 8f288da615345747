import Foundation
import Testing

/// pycsw over a SQLite file: a catalogue service that is asked by posted XML (CSW 2.0.2), and the same records by OAI-PMH.
@Suite(.enabled(if: Peers.has("pycsw-admin.py"), "run by make test-peers; make peers installs pycsw"))
struct PycswTests {
    private static let settings = """
        [server]
        home=FOLDER
        url=http://127.0.0.1:PORT/
        mimetype=application/xml; charset=UTF-8
        encoding=UTF-8
        language=en-US
        maxrecords=100
        ogc_schemas_base=http://127.0.0.1/
        [manager]
        transactions=false
        [metadata:main]
        identification_title=Catalogue
        identification_abstract=Catalogue
        identification_keywords=catalogue
        identification_keywords_type=theme
        identification_fees=None
        identification_accessconstraints=None
        provider_name=Office
        provider_url=http://127.0.0.1
        contact_name=Office
        contact_position=Clerk
        contact_address=Street
        contact_city=City
        contact_stateorprovince=Province
        contact_postalcode=0
        contact_country=CN
        contact_phone=0
        contact_fax=0
        contact_email=office@example.org
        contact_url=http://127.0.0.1
        contact_hours=0
        contact_instructions=0
        contact_role=pointOfContact
        [repository]
        database=sqlite:////FOLDER/records.db
        table=records
        """

    struct Way: Sendable, CustomStringConvertible {
        let description: String
        let with: String
        let record: String
    }

    private static let catalogue = "http://www.opengis.net/cat/csw/2.0.2"

    static let ways = [
        Way(
            description: "GetRecords",
            with: """
                path: /
                method: POST
                content_type: application/xml
                page_parameter: ""
                size_parameter: ""
                cursor_parameter: ""
                page_size: 40
                body: >-
                  <csw:GetRecords xmlns:csw="\(catalogue)" xmlns:ogc="http://www.opengis.net/ogc" service="CSW"
                  version="2.0.2" resultType="results" maxRecords="{{page_size}}" {{#cursor}}startPosition="{{cursor}}"{{/cursor}}
                  outputSchema="\(catalogue)"><csw:Query typeNames="csw:Record"><csw:ElementSetName>full</csw:ElementSetName>
                  <ogc:SortBy><ogc:SortProperty><ogc:PropertyName>dc:identifier</ogc:PropertyName></ogc:SortProperty>
                  </ogc:SortBy></csw:Query></csw:GetRecords>
                records: /csw:GetRecordsResponse/csw:SearchResults/csw:Record
                namespaces: {csw: "\(catalogue)", dc: "http://purl.org/dc/elements/1.1/", dct: "http://purl.org/dc/terms/"}
                total_path: /csw:GetRecordsResponse/csw:SearchResults/@numberOfRecordsMatched
                failure_path: /ExceptionReport/Exception/@exceptionCode
                message_path: /ExceptionReport/Exception/ExceptionText
                paging: cursor
                cursor_path: /csw:GetRecordsResponse/csw:SearchResults/@nextRecord
                last_cursor: ["0"]
                """, record: ""),
        // It goes on with tokens where its records end, and wants the prefix beside them, which the standard forbids.
        Way(
            description: "OAI-PMH",
            with: """
                path: /?mode=oaipmh
                query: {verb: ListRecords, metadataPrefix: oai_dc}
                size_parameter: ""
                records: /OAI-PMH/ListRecords/record
                namespaces: {dc: "http://purl.org/dc/elements/1.1/", dct: "http://purl.org/dc/terms/"}
                total_path: /OAI-PMH/ListRecords/resumptionToken/@completeListSize
                failure_path: /OAI-PMH/error/@code
                message_path: /OAI-PMH/error
                paging: cursor
                cursor_path: /OAI-PMH/ListRecords/resumptionToken
                cursor_parameter: resumptionToken
                last_cursor: ["0"]
                """, record: "metadata/dc/"),
    ]

    private static func entry(_ way: Way) -> String {
        """
        entry: dataset
        title: 数据集
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: http-xml
          with:
        \(way.with.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
        delivers: snapshot
        guard: {removed: 10%}
        key: [id]
        fields:
          id: {title: 标识, from: "\(way.record)dc:identifier"}
          title: {title: 名称, from: "\(way.record)dc:title", required: true}
          abstract: {title: 摘要, from: "\(way.record)dct:abstract"}
          modified: {title: 更新日期, from: "\(way.record)dct:modified", type: date}
        """
    }

    /// Writes the records and loads them as an operator would.
    private static func load(_ numbers: [Int], title: String, into server: PeerServer) throws {
        for number in numbers {
            try server.write(
                "in/\(number).xml",
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <csw:Record xmlns:csw="\(catalogue)" xmlns:dc="http://purl.org/dc/elements/1.1/" \
                xmlns:dct="http://purl.org/dc/terms/"><dc:identifier>urn:x:\(number)</dc:identifier>\
                <dc:title>\(title)\(number)</dc:title><dc:type>dataset</dc:type><dct:modified>2026-03-01</dct:modified>\
                <dct:abstract>甲 &amp; 乙 &lt;\(number)&gt;</dct:abstract></csw:Record>
                """)
        }
        try admin(["load_records", "-p", server.path("in"), "-y"], server)
        try FileManager.default.removeItem(atPath: server.path("in"))
    }

    private static func admin(_ arguments: [String], _ server: PeerServer) throws {
        _ = try Peers.output(
            Taps.path("python"),
            ["-W", "ignore", Taps.path("pycsw-admin.py"), "-f", server.path("pycsw.cfg"), "-c"] + arguments)
    }

    @Test(arguments: ways) func syncedTwiceWithChangesBetween(way: Way) async throws {
        let server = try PeerServer()
        defer { server.stop() }
        try server.write("pycsw.cfg", Self.settings)
        try Self.admin(["setup_db"], server)
        try Self.load(Array(1...250), title: "数据集", into: server)
        let serve = """
            from wsgiref.simple_server import make_server
            from pycsw.wsgi import application
            make_server('127.0.0.1', \(server.port), application).serve_forever()
            """
        try await server.start(
            Taps.path("python"), ["-W", "ignore", "-c", serve], environment: ["PYCSW_CONFIG": server.path("pycsw.cfg")])
        let exchange = try ExchangeFolder(base: server.base, entries: ["dataset": Self.entry(way)])
        let first = try await exchange.published("dataset")
        #expect(first["added"] == 250)
        try await compare(exchange, server, sample: "urn:x:99")

        try Self.load([7, 8, 9, 251], title: "改名", into: server)
        try server.python(
            """
            import sqlite3
            base = sqlite3.connect('records.db')
            with base: base.execute("delete from records where identifier in ('urn:x:1', 'urn:x:100')")
            """)
        let second = try await exchange.published("dataset")
        #expect(second["added"] == 1 && second["changed"] == 3 && second["removed"] == 2, "\(second)")
        try await compare(exchange, server, sample: "urn:x:8")
    }

    /// The number of records, and one of them, as the server gives them to curl.
    private func compare(_ exchange: borrowing ExchangeFolder, _ server: PeerServer, sample: String) async throws {
        let records = try await exchange.records(of: "dataset")
        let hits = try server.ask(
            "/?service=CSW&version=2.0.2&request=GetRecords&typenames=csw:Record&elementsetname=full&resulttype=hits")
        #expect(String(decoding: hits, as: UTF8.self).contains(#"numberOfRecordsMatched="\#(records.count)""#))
        let found = try server.ask(
            "/?service=CSW&version=2.0.2&request=GetRecordById&elementsetname=full&id=\(sample)")
        let record = try #require(records.values.first { $0["id"] == sample })
        let title = try #require(record["title"])
        #expect(String(decoding: found, as: UTF8.self).contains("<dc:title>\(title)</dc:title>"))
        let number = sample.dropFirst("urn:x:".count)
        #expect(record["abstract"] == "甲 & 乙 <\(number)>")
    }
}
