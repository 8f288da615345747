import Testing

@testable import Geospatial

@Suite struct EsriJSONTests {
    private func shaped(_ text: String) throws(GeometryProblem) -> String {
        var closed = false
        var output: [UInt8] = []
        try geometry(text).geometry.shaped(closed: &closed).append(geoJSONTo: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        (#"{"x":1.5,"y":2}"#, #"{"type":"Point","coordinates":[1.5,2]}"#),
        (#"{"x":1.5,"y":2,"z":8,"m":null}"#, #"{"type":"Point","coordinates":[1.5,2]}"#),
        (#"{"attributes":{"a":1},"geometry":{"x":1,"y":2}}"#, #"{"type":"Point","coordinates":[1,2]}"#),
        (#"{"hasZ":true,"points":[[1,2,3],[4,5,null]]}"#, #"{"type":"MultiPoint","coordinates":[[1,2],[4,5]]}"#),
        (#"{"paths":[[[1,2],[3,4]]]}"#, #"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
        (
            #"{"paths":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#,
            #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#
        ),
        // Clockwise, as Esri draws outer rings.
        (#"{"rings":[[[0,0],[0,4],[4,4],[0,0]]]}"#, #"{"type":"Polygon","coordinates":[[[0,0],[4,4],[0,4],[0,0]]]}"#),
        // An open ring, and a hole that touches the ring around it.
        (
            #"{"rings":[[[0,0],[0,4],[4,4],[4,0]],[[0,2],[1,1],[2,2],[0,2]]]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[0,2],[2,2],[1,1],[0,2]]]}"#
        ),
        // The hole comes first, and is the second ring's.
        (
            #"{"rings":[[[12,1],[14,1],[14,3],[12,1]],[[0,0],[0,4],[4,4],[0,0]],[[10,0],[10,4],[15,4],[15,0],[10,0]]]}"#,
            #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,4],[0,4],[0,0]]],[[[10,0],[15,0],[15,4],[10,4],[10,0]],[[12,1],[14,3],[14,1],[12,1]]]]}"#
        ),
        // An island in a lake on an island: a hole belongs to the smallest ring around it.
        (
            #"{"rings":[[[0,0],[0,9],[9,9],[9,0],[0,0]],[[1,1],[8,1],[8,8],[1,8],[1,1]],[[2,2],[2,7],[7,7],[7,2],[2,2]],[[3,3],[6,3],[6,6],[3,3]]]}"#,
            #"{"type":"MultiPolygon","coordinates":[[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,8],[8,8],[8,1],[1,1]]],[[[2,2],[7,2],[7,7],[2,7],[2,2]],[[3,3],[6,6],[6,3],[3,3]]]]}"#
        ),
        // Drawn the wrong way, a ring that nothing surrounds is an outer one.
        (#"{"rings":[[[0,0],[4,0],[4,4],[0,0]]]}"#, #"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,0]]]}"#),
        (
            #"{"rings":[[[0,0],[0,4],[4,4],[0,0]],[[20,0],[24,0],[24,4],[20,0]]]}"#,
            #"{"type":"MultiPolygon","coordinates":[[[[0,0],[4,4],[0,4],[0,0]]],[[[20,0],[24,0],[24,4],[20,0]]]]}"#
        ),
    ])
    func becomesGeoJSON(_ sample: String, _ expected: String) throws { #expect(try shaped(sample) == expected) }

    @Test(arguments: [
        (#"{"rings":[]}"#, GeometryProblem.empty), (#"{"rings":[[]]}"#, .empty), (#"{"paths":[]}"#, .empty),
        (#"{"points":[]}"#, .empty), (#"{"x":null,"y":null}"#, .empty), (#"{"x":"NaN","y":"NaN"}"#, .empty),
        (#"{"x":null}"#, .empty), (#"{"x":1}"#, .empty), (#"{"spatialReference":{"wkid":4326}}"#, .empty),
        (#"{"x":"1","y":"2"}"#, .unreadable), (#"{"points":["NaN","NaN"]}"#, .unreadable),
        (#"{"rings":[[[0,0],[0,4],[0,0]]]}"#, .tooShort), (#"{"paths":[[[0,0]]]}"#, .tooShort),
        (#"{"curveRings":[[[0,0],{"c":[[3,3],[1,4]]}]]}"#, .unsupported),
        (#"{"curvePaths":[[[0,0],{"b":[[3,3],[1,4],[2,2]]}]]}"#, .unsupported),
        (#"{"xmin":1,"ymin":2,"xmax":3,"ymax":4}"#, .unsupported), (#"{"rings":{}}"#, .unreadable),
        (#"{"x":1,"y":2,"spatialReference":{"wkt":"PROJCS[]"}}"#, .unknownReference),
        (#"{"x":1,"y":2,"spatialReference":{"wkid":-1}}"#, .unknownReference),
        (#"{"x":1,"y":2,"spatialReference":{"wkid":"4490"}}"#, .unknownReference),
    ])
    func refused(_ sample: String, _ problem: GeometryProblem) {
        #expect(throws: problem, "\(sample)") { try shaped(sample) }
    }

    /// reference/domain.md §4.3.
    @Test(arguments: [
        #"{"x":384316.496,"y":3138903.702,"spatialReference":{"wkid":4547}}"#,
        #"{"x":38384316.496,"y":3138903.702,"spatialReference":{"wkid":4526,"latestWkid":4526}}"#,
        #"{"x":112.82,"y":28.36,"spatialReference":{"wkid":4490}}"#,
        #"{"x":12559064.951,"y":3294437.839,"spatialReference":{"wkid":102100,"latestWkid":3857}}"#,
        #"{"x":12559064.951,"y":3294437.839,"spatialReference":{"wkid":102100}}"#,
    ])
    func systems(_ sample: String) throws {
        #expect(try served(sample, decimals: 1e6) == #"{"type":"Point","coordinates":[112.82,28.36]}"#)
    }

    @Test func noSystem() throws {
        let none = try geometry(#"{"x":1,"y":2,"spatialReference":{}}"#)
        #expect(none.reference == nil && none.implied == nil)
        #expect(try geometry(#"{"x":1,"y":2,"spatialReference":null}"#).reference == nil)
        let esri = try geometry(#"{"x":1,"y":2,"spatialReference":{"wkid":102113}}"#)
        #expect(esri.reference?.name == "ESRI:102113")
    }

    @Test func ringsMadeToBeSlowAreRefused() {
        var rings: [String] = []
        for number in 0..<4_000 {
            // Ever smaller rings within each other, and as many holes in the middle of all.
            let far = 1_000_000 - number
            rings.append("[[0,0],[0,\(far)],[\(far),\(far)],[\(far),0],[0,0]]")
            rings.append("[[1,1],[2,1],[2,2],[1,1]]")
        }
        let text = #"{"rings":[\#(rings.joined(separator: ","))]}"#
        #expect(throws: GeometryProblem.unsupported) { _ = try geometry(text) }
    }
}
