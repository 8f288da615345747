import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Natural Earth's lakes and cities, asked by boxes through the running daemon and compared with counting by hand.
@Suite(.enabled(if: Repository.hasRecording("geo-pygeoapi/ne_110m_lakes.geojson")))
struct PlaceInputTests {
    private static let lakes = SourceEntry(
        name: "lake", adapter: "http-json", with: "path: /ne_110m_lakes.geojson, records: features", key: "code",
        fields: [
            ("code", "from: properties.id, required: true"), ("name", "from: properties.name"),
            ("shape", "from: geometry, type: geometry, crs: OGC:CRS84"),
        ])
    private static let cities = SourceEntry(
        name: "city", adapter: "http-json",
        with: "path: /ne_110m_populated_places_simple.geojson, records: features", key: "code",
        fields: [
            ("code", "from: id, required: true"), ("name", "from: properties.name"),
            ("people", "from: properties.pop_max, type: integer"),
            ("place", "from: geometry, type: point, crs: OGC:CRS84"),
        ])

    /// West, south, east, north.
    private static let boxes = [
        [-180.0, -90, 180, 90], [0, 0, 180, 90], [73, 18, 135, 54], [-93, 41, -76, 49], [29, -15, 36, 3],
        [100, 50, 112, 58], [-1, -1, 1, 1], [12.4, 41.8, 12.5, 42],
    ]

    /// The boxes of the recorded features by id, from their numbers alone.
    private static func extents(_ file: String, id: @Sendable ([String: Any]) -> Any?) throws -> [String: [Double]] {
        let document = try JSONSerialization.jsonObject(with: Data(try Repository.recording("geo-pygeoapi/\(file)")))
        let features = (document as? [String: Any])?["features"] as? [[String: Any]] ?? []
        var extents: [String: [Double]] = [:]
        for feature in features {
            let geometry = feature["geometry"] as? [String: Any]
            let positions = positions(geometry?["coordinates"] ?? [])
            let (x, y) = (positions.map { $0[0] }, positions.map { $0[1] })
            guard let west = x.min(), let south = y.min(), let east = x.max(), let north = y.max() else { continue }
            extents["\(id(feature) ?? "")"] = [west, south, east, north]
        }
        return extents
    }

    private static func positions(_ coordinates: Any) -> [[Double]] {
        if let position = coordinates as? [Double] { return [position] }
        return (coordinates as? [Any] ?? []).flatMap { positions($0) }
    }

    private static func touching(_ box: [Double], _ extents: [String: [Double]]) -> [String] {
        extents.filter { _, extent in
            extent[0] <= box[2] && extent[2] >= box[0] && extent[1] <= box[3] && extent[3] >= box[1]
        }.keys.sorted()
    }

    private static func answered(_ address: String) async throws -> [String] {
        let url = try #require(URL(string: address))
        let (data, response) = try await URLSession.shared.data(from: url)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let features = document?["features"] as? [[String: Any]] ?? []
        return features.compactMap { $0["id"] as? String }.sorted()
    }

    @Test func boxesFindWhatCountingByHandFinds() async throws {
        let lakes = try Self.extents("ne_110m_lakes.geojson") { ($0["properties"] as? [String: Any])?["id"] }
        let cities = try Self.extents("ne_110m_populated_places_simple.geojson") { $0["id"] }
        #expect(lakes.count == 25)
        #expect(cities.count == 243)
        try await LoopbackSource.serving { path, _ in
            LoopbackSource.Answer(try Repository.recording("geo-pygeoapi\(path)"), type: "application/geo+json")
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: ["lake": Self.lakes.text, "city": Self.cities.text])
            let sync = try await exchange.run("sync", "--all")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "city")
            #expect(records.count == 243)
            #expect(records["0"]?["name"] == "Vatican City")
            #expect(records["0"]?["people"] == "832")

            let port = Loopback.freePort()
            let address = "http://127.0.0.1:\(port)"
            let daemon = try exchange.start(["serve", "--port", String(port)], log: "serve")
            defer { daemon.terminate() }
            try await Loopback.wait(for: daemon, at: address)
            for box in Self.boxes {
                let query = "items?limit=1000&f=geojson&bbox=" + box.map { "\($0)" }.joined(separator: ",")
                let foundLakes = try await Self.answered("\(address)/collections/lake/\(query)")
                #expect(foundLakes == Self.touching(box, lakes), "\(box)")
                let foundCities = try await Self.answered("\(address)/collections/city/\(query)")
                #expect(foundCities == Self.touching(box, cities), "\(box)")
            }
            #expect(try await Self.answered("\(address)/collections/lake/items?bbox=100,50,112,58") == ["0"], "Baikal")
        }
    }
}
