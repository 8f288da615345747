import Model
import Testing

@testable import Geospatial

@Suite struct GeospatialTests {
    /// reference/domain.md §4.3: 28.36N 112.82E.
    @Test(arguments: [
        ("EPSG:4547", 384316.496, 3138903.702), ("EPSG:4526", 38384316.496, 3138903.702), ("EPSG:4490", 112.82, 28.36),
        ("EPSG:4326", 112.82, 28.36), ("CRS84", 112.82, 28.36), ("urn:x", 0, 0),
    ])
    func wangcheng(_ sample: (String, Double, Double)) throws {
        guard sample.0 != "urn:x" else {
            #expect(throws: CoordinateReference.Problem.unknown) { try CoordinateReference(sample.0) }
            return
        }
        let transformation = try Transformation(from: CoordinateReference(sample.0))
        let place = try transformation.apply(Coordinates(x: sample.1, y: sample.2))
        #expect(abs(place.x - 112.82) < 2e-8 && abs(place.y - 28.36) < 2e-8, "\(place)")
    }

    @Test func otherZonesAgree() throws {
        let one = try Transformation(from: CoordinateReference("EPSG:4508"))
        let place = try one.apply(Coordinates(x: 678_000, y: 3_138_000))
        #expect(abs(place.x - 112.8) < 0.1 && abs(place.y - 28.35) < 0.1, "\(place)")
    }

    @Test func aForeignSystemIsNoticed() throws {
        let transformation = try Transformation(from: CoordinateReference("EPSG:4547"))
        for position in [
            (3138903.702, 384316.496), (38384316.496, 3138903.702), (112.82, 28.36), (.nan, 1), (.infinity, 0),
        ] {
            #expect(throws: GeometryProblem.range) {
                try transformation.apply(Coordinates(x: position.0, y: position.1))
            }
        }
        // And it still works afterwards.
        #expect(try transformation.apply(Coordinates(x: 384316.496, y: 3138903.702)).x > 112)
    }

    @Test(arguments: ["GCJ-02", "gcj02", "BD-09", "BD09LL", "火星坐标"])
    func shiftedSystems(_ name: String) {
        #expect(throws: CoordinateReference.Problem.shifted) { try CoordinateReference(name) }
    }

    @Test func unknownNumber() throws {
        let reference = try CoordinateReference("EPSG:999999")
        #expect(throws: Fault.self) { try Transformation(from: reference) }
    }

    private func read(_ text: String) throws(GeometryProblem) -> Geometry { try geometry(text).geometry }

    private func normal(_ text: String) throws(GeometryProblem) -> String {
        var closed = false
        var output: [UInt8] = []
        try read(text).shaped(closed: &closed).append(geoJSONTo: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        (#"{"type":"Point","coordinates":[112.82,28.36,55]}"#, "POINT Z (112.82 28.36 55)"),
        (#"{"coordinates" : [ [1,2], [3,4] ] , "type" : "MultiPoint"}"#, "MULTIPOINT ((1 2), (3 4))"),
        (#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#, "multipoint(1 2,3 4)"),
        (#"{"type":"LineString","coordinates":[[1,2],[3,4]],"bbox":[1,2,3,4]}"#, "LineString (1 2, 3 4)"),
        (
            #"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#,
            "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8))"
        ),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}"#, "POLYGON ((0 0, 1 1, 1 0, 0 0))"),
        (#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#, "MULTIPOLYGON (((0 0, 1 0, 1 1)))"),
        (
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#,
            "GEOMETRYCOLLECTION (POINT (1 2))"
        ),
        (
            #"{"type":"Feature","properties":{"a":[1]},"geometry":{"type":"Point","coordinates":[1e0,-2.50]}}"#,
            "POINT(1 -2.5)"
        ),
    ])
    func bothTextsMeanTheSame(_ sample: (String, String)) throws {
        let result = try normal(sample.0)
        #expect(try normal(sample.1) == result)
        #expect(try normal(result) == result)
    }

    @Test(arguments: [
        (#"{"type":"Point"}"#, GeometryProblem.unreadable), (#"{"type":"Point","coordinates":[1]}"#, .unreadable),
        (#"{"type":"Point","coordinates":[]}"#, .empty), (#"{"type":"Point","coordinates":["1","2"]}"#, .unreadable),
        (#"{"type":"Circle","coordinates":[1,2]}"#, .unsupported),
        (#"{"type":"LineString","coordinates":[[1,2]]}"#, .tooShort),
        (#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]]]}"#, .tooShort),
        (#"{"type":"Polygon","coordinates":[]}"#, .empty),
        (#"{"type":"Polygon","coordinates":[[1,2],[3,4]]}"#, .unreadable), ("{}", .unreadable), ("{", .unreadable),
        (#"{"type":"Point","coordinates":[1,2]}x"#, .unreadable), ("POINT (1 2 x)", .unreadable),
        ("LINESTRING (1 2, 3 4 5 x 6)", .unreadable), ("POINT (1 2 nanx)", .unreadable),
        ("POINT EMPTY", .empty), ("POINT (1)", .unreadable),
        ("SRID=4547 POINT (1 2)", .unreadable), ("SRID=;POINT (1 2)", .unreadable),
        ("SRID=1234567890;POINT (1 2)", .unreadable), ("POINT (1 2", .unreadable),
        ("CIRCULARSTRING (0 0, 1 1, 2 0)", .unsupported),
        ("POINT (1 nan)", .unreadable), ("POINT (0x10 1)", .unreadable), ("", .unreadable), ("天安门", .unreadable),
    ])
    func broken(_ sample: (String, GeometryProblem)) {
        #expect(throws: sample.1) { try normal(sample.0) }
    }

    @Test func nestingHasAnEnd() {
        let deep = String(repeating: #"{"type":"GeometryCollection","geometries":["#, count: 1_000)
        #expect(throws: GeometryProblem.unreadable) { try read(deep) }
        #expect(throws: GeometryProblem.unreadable) {
            try read(String(repeating: "GEOMETRYCOLLECTION (", count: 1_000))
        }
    }

    @Test func ringsAreClosedAndTurned() throws {
        var closed = false
        let clockwise = Geometry.polygon([[.init(x: 0, y: 0), .init(x: 0, y: 1), .init(x: 1, y: 1)]])
        let shaped = try clockwise.shaped(closed: &closed)
        #expect(closed)
        #expect(shaped == .polygon([[.init(x: 0, y: 0), .init(x: 1, y: 1), .init(x: 0, y: 1), .init(x: 0, y: 0)]]))
    }

    @Test func sevenDecimals() throws {
        let transformation = try Transformation(from: .crs84)
        let (moved, box) = try transformation.apply(.point(Coordinates(x: 112.123456789, y: -0.00000004)))
        var output: [UInt8] = []
        moved.append(geoJSONTo: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"{"type":"Point","coordinates":[112.1234568,0]}"#)
        #expect(box == BoundingBox(west: 112.1234568, south: 0, east: 112.1234568, north: 0))
    }

    @Test(arguments: [
        "0", "1", "-112.82", "384316.496", "3138903.7021234", "123456789012345678.25", "1e-3", "0.1", "+5",
    ])
    func numbers(_ text: String) {
        let bytes = Array(text.utf8)
        let number = Coordinate.read(bytes.span)
        #expect(number == Double(text))
    }

    @Test(arguments: [
        ("POINT ZM (1 2 NaN nan)", #"{"type":"Point","coordinates":[1,2]}"#),
        ("LINESTRING (1 2 nan,3 4 -5.5 6)", #"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#),
    ])
    func heightsArePassed(_ text: String, _ expected: String) throws {
        var output: [UInt8] = []
        try geometry(text).geometry.append(geoJSONTo: &output)
        #expect(String(decoding: output, as: UTF8.self) == expected)
    }

    /// An object of ever more members is no geometry: it would be looked through member by member.
    @Test func membersOfAGeometry() throws {
        func text(_ members: Int) -> String {
            let others = (2..<members).map { #""m\#($0)":0,"# }.joined()
            return #"{\#(others)"type":"Point","coordinates":[1,2]}"#
        }
        #expect(throws: Never.self) { try geometry(text(JSONMembers.membersAtMost)) }
        #expect(throws: GeometryProblem.unreadable) { try geometry(text(JSONMembers.membersAtMost + 1)) }
    }
}
