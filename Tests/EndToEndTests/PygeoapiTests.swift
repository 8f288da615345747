import Foundation
import Testing

/// pygeoapi over a GeoJSON file (OGC API – Features), whose pages name the next one among their links.
@Suite(.enabled(if: Peers.has("pygeoapi"), "run by make test-peers; make peers installs pygeoapi"))
struct PygeoapiTests {
    private static let settings = """
        server:
          bind: {host: 127.0.0.1, port: PORT}
          url: http://127.0.0.1:PORT
          mimetype: application/json; charset=UTF-8
          encoding: utf-8
          languages: [en-US]
          limits: {default_items: 10, max_items: 400}
          map: {url: "http://127.0.0.1/{z}/{x}/{y}.png", attribution: none}
        logging: {level: ERROR}
        metadata:
          identification:
            {title: Places, description: Places, keywords: [place], keywords_type: theme, terms_of_service: none,
             url: "http://127.0.0.1"}
          license: {name: CC0, url: "http://127.0.0.1"}
          provider: {name: Office, url: "http://127.0.0.1"}
          contact: {name: Office, email: office@example.org}
        resources:
          place:
            type: collection
            title: Places
            description: Places
            keywords: [place]
            extents: {spatial: {bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
            providers: [{type: feature, name: GeoJSON, data: FOLDER/place.geojson, id_field: id}]
        """

    private static let entry = """
        entry: place
        title: 地点
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: http-json
          with:
            path: /collections/place/items
            query: {f: json}
            headers: {Accept: application/geo+json}
            records: features
            total_path: numberMatched
            paging: next
            next_path: "links[?(@.rel=='next')].href"
            size_parameter: limit
            page_size: 1000
        delivers: snapshot
        key: [id]
        fields:
          id: {title: 编号}
          name: {title: 名称, from: properties.name, required: true}
          place: {title: 位置, from: geometry, type: geometry, crs: "OGC:CRS84"}
        """

    private static func features(_ numbers: some Sequence<Int>, renamed: Set<Int> = []) -> String {
        let features = numbers.map { number in
            """
            {"type":"Feature","id":\(number),"properties":{"id":\(number),"name":"\(renamed.contains(number) ? "新" : "")地点\
            \(number)"},"geometry":{"type":"Point","coordinates":[112.\(1000 + number),28.25]}}
            """
        }
        return #"{"type":"FeatureCollection","features":[\#(features.joined(separator: ",\n"))]}"#
    }

    @Test func syncedTwiceWithChangesBetween() async throws {
        let server = try PeerServer()
        defer { server.stop() }
        try server.write("settings.yml", Self.settings)
        try server.write("place.geojson", Self.features(1...1234))
        let environment = [
            "PYGEOAPI_CONFIG": server.path("settings.yml"), "PYGEOAPI_OPENAPI": server.path("openapi.yml"),
        ]
        _ = try Peers.output(
            Taps.path("pygeoapi"),
            ["openapi", "generate", server.path("settings.yml"), "--output-file", server.path("openapi.yml")])
        // Its own `serve` forks a process that watches its files.
        let serve = "from pygeoapi.flask_app import APP; APP.run('127.0.0.1', \(server.port), threaded=True)"
        try await server.start(Taps.path("python"), ["-W", "ignore", "-c", serve], environment: environment)

        let exchange = try ExchangeFolder(base: server.base, entries: ["place": Self.entry])
        let first = try await exchange.published("place")
        #expect(first["added"] == 1234)
        try await compare(exchange, server)

        try server.write("place.geojson", Self.features(Array(21...1234) + [5000], renamed: [50, 60, 70]))
        let second = try await exchange.published("place")
        #expect(second["added"] == 1 && second["changed"] == 3 && second["removed"] == 20, "\(second)")
        try await compare(exchange, server)
    }

    private func compare(_ exchange: borrowing ExchangeFolder, _ server: PeerServer) async throws {
        let records = try await exchange.records(of: "place")
        let counted = try server.askJSON("/collections/place/items?f=json&limit=1")
        #expect(records.count == counted["numberMatched"] as? Int)
        for id in [50, 999, 1234] {
            let feature = try server.askJSON("/collections/place/items/\(id)?f=json")
            let record = try #require(records.values.first { $0["id"] == String(id) })
            #expect(record["name"] == (feature["properties"] as? [String: Any])?["name"] as? String)
            let geometry = try #require(feature["geometry"] as? [String: Any])
            let coordinates = try #require(geometry["coordinates"] as? [Double])
            #expect(record["place"]?.contains("\(coordinates[0])") == true, "\(record)")
        }
    }
}
