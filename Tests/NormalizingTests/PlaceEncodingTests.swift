import Model
import Testing

@testable import Normalizing

/// Every encoding of a place, with the reference system that the value, the entry or nobody names.
@Suite struct PlaceEncodingTests {
    private func read(_ raw: Raw, crs: String?, type: FieldType = .geometry) throws -> String {
        try result(raw, field("g", type, crs: crs))
    }

    private static let point = #"{"type":"Point","coordinates":[112.82,28.36]}"#

    /// Where the value names no system the entry's counts, easting first.
    @Test(arguments: [
        Raw.text("POINT (112.82 28.36)"), .structure(#"{"x":112.82,"y":28.36}"#),
        .structure(#"["Point",["pos","112.82 28.36"]]"#),
        .structure(#"["位置",{"说明":"甲"},["Point",["pos","112.82 28.36"]]]"#), .text("SRID=0;POINT (112.82 28.36)"),
        .structure(#"{"type":"Point","coordinates":[112.82,28.36],"crs":null}"#),
    ])
    func undeclared(_ raw: Raw) throws {
        for type in [FieldType.geometry, .point] {
            #expect(try read(raw, crs: "EPSG:4490", type: type) == Self.point)
            #expect(try read(raw, crs: nil, type: type) == "- geometry.undeclared-crs")
        }
    }

    @Test func undeclaredPair() throws {
        #expect(try read("112.82,28.36", crs: nil, type: .point) == "- geometry.undeclared-crs")
        #expect(try read(.structure("[112.82, 28.36]"), crs: nil, type: .point) == "- geometry.undeclared-crs")
    }

    /// GeoJSON is in CRS84 by its own standard.
    @Test func geoJSON() throws {
        #expect(try read(.structure(Self.point), crs: nil) == Self.point)
        #expect(try read(.structure(Self.point), crs: "EPSG:4490") == Self.point)
        #expect(try read(.structure(Self.point), crs: "EPSG:4547") == "- geometry.range")
    }

    /// The name beside the value counts; where the entry has another one, that is said.
    @Test(arguments: [
        Raw.text("SRID=4490;POINT (112.82 28.36)"),
        .structure(#"{"x":112.82,"y":28.36,"spatialReference":{"wkid":4490}}"#),
        .structure(#"["g",["Point",{"srsName":"urn:ogc:def:crs:EPSG::4490"},["pos","28.36 112.82"]]]"#),
        .structure(
            #"{"type":"Point","coordinates":[112.82,28.36],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}}"#
        ),
    ])
    func stated(_ raw: Raw) throws {
        for type in [FieldType.geometry, .point] {
            #expect(try read(raw, crs: nil, type: type) == Self.point)
            #expect(try read(raw, crs: "EPSG:4490", type: type) == Self.point)
            #expect(try read(raw, crs: "EPSG:4547", type: type) == Self.point + " geometry.other-crs")
        }
    }

    /// CRS84 and EPSG:4326 differ in the order of their axes alone.
    @Test func oneSystemOfTwoNames() throws {
        let gml = Raw.structure(#"["Point",{"srsName":"urn:ogc:def:crs:EPSG::4326"},["pos","28.36 112.82"]]"#)
        #expect(try read(gml, crs: "CRS84") == Self.point)
    }

    @Test func unknownSystems() throws {
        for raw in [
            Raw.text("SRID=999999;POINT (1 2)"), .structure(#"{"x":1,"y":2,"spatialReference":{"wkt":"LOCAL_CS[]"}}"#),
            .structure(#"["Point",{"srsName":"GCJ-02"},["pos","1 2"]]"#),
        ] {
            #expect(try read(raw, crs: "EPSG:4490") == "- geometry.unknown-crs")
        }
    }

    @Test func otherThanAPoint() throws {
        for raw in [
            Raw.structure(#"{"rings":[[[112,28],[112,29],[113,29],[112,28]]]}"#), "LINESTRING (112 28, 113 28)",
            .structure(#"["LineString",["posList","112 28 113 28"]]"#),
            .structure(#"{"type":"MultiPoint","coordinates":[[112,28]]}"#),
        ] {
            #expect(try read(raw, crs: "EPSG:4490", type: .point) == "- point.unreadable")
        }
    }

    /// A feature that says it has no place is no mistake (RFC 7946 §3.2).
    @Test func noPlace() throws {
        #expect(try read(.null, crs: nil) == "-")
        #expect(try read(.structure(#"{"type":"Feature","properties":null,"geometry":null}"#), crs: nil) == "-")
        #expect(try read(.structure(#"{"attributes":{"a":1}}"#), crs: nil) == "-")
        #expect(try read(.structure(#"{"attributes":{"a":1},"geometry":null}"#), crs: nil) == "-")
    }

    @Test func emptyOnes() throws {
        for raw in [
            Raw.structure(#"{"rings":[]}"#), .structure(#"{"x":"NaN","y":"NaN"}"#), "POLYGON EMPTY",
            .structure(#"["MultiPoint"]"#), .structure(#"{"type":"GeometryCollection","geometries":[]}"#),
        ] {
            #expect(try read(raw, crs: "EPSG:4490") == "- geometry.empty")
        }
    }

    /// Nothing is cut at the antimeridian: what lies beyond it is out of range (RFC 7946 §3.1.9).
    @Test func antimeridian() throws {
        let line = #"{"type":"LineString","coordinates":[[179.5,1],[-179.5,1]]}"#
        #expect(try read(.structure(line), crs: nil) == line)
        #expect(
            try read(.structure(#"{"type":"Point","coordinates":[180,90]}"#), crs: nil)
                == #"{"type":"Point","coordinates":[180,90]}"#)
        #expect(try read(.structure(#"{"type":"Point","coordinates":[181,1]}"#), crs: nil) == "- geometry.range")
    }

    /// Random geometries of every kind, in every encoding of GeoJSON's own: the normal form of the normal form is itself.
    @Test func normalFormIsStable() throws {
        var random = Repeatable()
        func position() -> String {
            "[\(Double.random(in: -180...180, using: &random)),\(Double.random(in: -90...90, using: &random)),7.5]"
        }
        func list(_ count: Int, _ each: () -> String) -> String {
            "[" + (0..<count).map { _ in each() }.joined(separator: ",") + "]"
        }
        func ring() -> String { list(Int.random(in: 3...6, using: &random), position) }
        for _ in 0..<300 {
            let count = Int.random(in: 2...4, using: &random)
            let (type, coordinates) =
                switch Int.random(in: 0..<6, using: &random) {
                case 0: ("Point", position())
                case 1: ("MultiPoint", list(count, position))
                case 2: ("LineString", list(count, position))
                case 3: ("MultiLineString", list(count) { list(2, position) })
                case 4: ("Polygon", list(count, ring))
                default: ("MultiPolygon", list(count) { list(2, ring) })
                }
            let first = try read(.structure(#"{"type":"\#(type)","coordinates":\#(coordinates)}"#), crs: nil)
            let normal = first.replacing(" geometry.open-ring", with: "")
            #expect(normal.hasPrefix("{"), "\(first)")
            #expect(try read(.structure(normal), crs: nil) == normal)
            #expect(try read(.text(normal), crs: "CRS84") == normal)
        }
    }

    /// A refused record keeps its geometry's markup, and the text that another structure of XML is.
    @Test func replay() throws {
        let entry = entry([
            field("k"), field("g", .geometry, crs: "EPSG:4490"), field("t"), field("n", .integer, required: true),
        ])
        let gml = #"["Point",{"srsName":"urn:ogc:def:crs:EPSG::4490"},["pos","28.36 112.82"]]"#
        let refused = try normalize(entry, [["k", .structure(gml), .structure(#"说明 "一"之"#), "x"]])
        let raw = try #require(refused.refusals.first?.raw)
        var normalizer = try normalizer(entry)
        let again = try normalizer.replay(
            raw: raw.replacing(#""n":"x""#, with: #""n":"1""#), at: SourceLocator(page: 1, record: 1))
        var batch = RecordBatch(columns: 4)
        normalizer.normalize(again, into: &batch)
        #expect((0..<4).map { batch.string(0, $0) } == ["k", Self.point, #"说明 "一"之"#, "1"])
    }
}
