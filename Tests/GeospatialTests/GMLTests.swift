import Testing

@testable import Geospatial

/// Each sample is the JsonML of the markup that a comment or its name says.
@Suite struct GMLTests {
    private static let space = #""xmlns":"http://www.opengis.net/gml/3.2""#

    /// reference/domain.md §4.3: 28.36N 112.82E is 4547 (3138903.702, 384316.496), northing first as the register has it.
    @Test(arguments: [
        ("urn:ogc:def:crs:EPSG::4547", "3138903.702 384316.496"), ("EPSG:4547", "384316.496 3138903.702"),
        ("http://www.opengis.net/def/crs/EPSG/0/4547", "3138903.702 384316.496"),
        ("https://www.opengis.net/def/crs/EPSG/0/4526", "3138903.702 38384316.496"),
        ("urn:x-ogc:def:crs:EPSG:4547", "3138903.702 384316.496"),
        ("urn:ogc:def:crs:EPSG:6.9:4490", "28.36 112.82"), ("urn:ogc:def:crs:EPSG::4326", "28.36 112.82"),
        ("http://www.opengis.net/gml/srs/epsg.xml#4326", "112.82 28.36"), ("epsg:4490", "112.82 28.36"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "112.82 28.36"), ("urn:ogc:def:crs:OGC::CRS84", "112.82 28.36"),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", "112.82 28.36"), ("CRS:84", "112.82 28.36"),
        ("CRS84", "112.82 28.36"), ("urn:ogc:def:crs:EPSG::4979", "28.36 112.82 55"),
        ("urn:ogc:def:crs,crs:EPSG::4547,crs:EPSG::5737", "3138903.702 384316.496 55.2"),
        ("urn:ogc:def:crs:EPSG::3857", "12559064.951 3294437.839"),
    ])
    func axes(_ name: String, _ position: String) throws {
        let expected = #"{"type":"Point","coordinates":[112.82,28.36]}"#
        #expect(
            try served(#"["Point",{\#(Self.space),"srsName":"\#(name)"},["pos","\#(position)"]]"#, decimals: 1e6)
                == expected)
        // Without `srsDimension` a list has as many numbers a position as the system has axes.
        let line = try served(
            #"["LineString",{\#(Self.space),"srsName":"\#(name)"},["posList","\#(position) \#(position)"]]"#,
            decimals: 1e6)
        #expect(line == #"{"type":"LineString","coordinates":[[112.82,28.36],[112.82,28.36]]}"#)
    }

    @Test(arguments: [
        "urn:ogc:def:crs:EPSG::999999", "urn:ogc:def:crs:EPSG::", "urn:ogc:def:crs", "GCJ-02", "EPSG:+4326", "EPSG:-1",
        "http://example.org/4326", "urn:ogc:def:crs:EPSG::4978", "EPSG:5737", "EPSG:9001", "火星坐标",
        "+proj=longlat", "urn:ogc:def:crs:OGC:1.3:CRS27",
    ])
    func unknownSystems(_ name: String) {
        #expect(throws: GeometryProblem.unknownReference) {
            try served(#"["Point",{"srsName":"\#(name)"},["pos","28.36 112.82"]]"#)
        }
    }

    private static let square = "0 0 0 2 2 2 2 0 0 0"
    private static let hole = "0.5 0.5 1.5 0.5 1.5 1.5 0.5 1.5 0.5 0.5"

    /// The same geometry in the words of GML 2, 3.1.1 and 3.2.
    @Test(arguments: [
        [
            #"["Point",["coordinates","1,2"]]"#, #"["Point",["coord",["X","1"],["Y","2"],["Z","3"]]]"#,
            #"["Point",["pos","1 2"]]"#, #"["Point",["pos",{"srsDimension":"3"}," 1\n2 3.5 "]]"#,
            #"["Point",["coordinates",{"decimal":",","cs":";","ts":" "},"1,0;2,0"]]"#,
            #"["Point",["description","甲"],["boundedBy",["Envelope",["lowerCorner","1 2"]]],["pos","1 2"]]"#,
            #"["msGeometry",{"xmlns":"urn:ms"},["Point",{"xmlns":"http://www.opengis.net/gml"},["pos","1 2"]]]"#,
            #"["location",["Point",["pos","1 2"]]]"#,
        ],
        [
            #"["LineString",["coordinates","1,2 3,4 "]]"#, #"["LineString",["posList","1 2 3 4"]]"#,
            #"["LineString",["pos","1 2"],["pos","3 4"]]"#,
            #"["LineString",{"srsDimension":"3"},["posList","1 2 9 3 4 9"]]"#,
            #"["LineString",["coord",["X","1"],["Y","2"]],["coord",["X","3"],["Y","4"]]]"#,
            #"["LineString",["pointProperty",["Point",["pos","1 2"]]],["pointRep",["Point",["pos","3 4"]]]]"#,
            #"["LineString",["coordinates",{"cs":" ","ts":";"},"1 2;\n3 4"]]"#,
            #"["Curve",["segments",["LineStringSegment",["posList","1 2 3 4"]]]]"#,
            #"["CompositeCurve",["curveMember",["LineString",["posList","1 2 3 4"]]]]"#,
            #"["LineString",["posList",{"dimension":"2"},"1 2 3 4"]]"#,
        ],
        [
            #"["Polygon",["outerBoundaryIs",["LinearRing",["coordinates","0,0 0,2 2,2 2,0 0,0"]]],["innerBoundaryIs",["LinearRing",["coordinates","0.5,0.5 1.5,0.5 1.5,1.5 0.5,1.5 0.5,0.5"]]]]"#,
            #"["Polygon",["exterior",["LinearRing",["posList","\#(square)"]]],["interior",["LinearRing",["posList","\#(hole)"]]]]"#,
            #"["Polygon",["interior",["LinearRing",["posList","\#(hole)"]]],["exterior",["LinearRing",["posList","\#(square)"]]]]"#,
            #"["Surface",["patches",["PolygonPatch",["exterior",["LinearRing",["posList","\#(square)"]]],["interior",["LinearRing",["posList","\#(hole)"]]]]]]"#,
            #"["Polygon",["exterior",["Ring",["curveMember",["LineString",["posList","0 0 0 2 2 2"]]],["curveMember",["Curve",["segments",["LineStringSegment",["posList","2 2 2 0"]],["LineStringSegment",["posList","2 0 0 0"]]]]]]],["interior",["LinearRing",["posList","\#(hole)"]]]]"#,
        ],
        [
            #"["MultiPoint",["pointMember",["Point",["coordinates","1,2"]]],["pointMember",["Point",["pos","3 4"]]]]"#,
            #"["MultiPoint",["pointMembers",["Point",["pos","1 2"]],["Point",["pos","3 4"]]]]"#,
        ],
        [
            #"["MultiLineString",["lineStringMember",["LineString",["coordinates","1,2 3,4"]]],["lineStringMember",["LineString",["posList","5 6 7 8"]]]]"#,
            #"["MultiCurve",["curveMember",["LineString",["posList","1 2 3 4"]]],["curveMember",["Curve",["segments",["LineStringSegment",["posList","5 6 7 8"]]]]]]"#,
            #"["MultiCurve",["curveMembers",["LineString",["posList","1 2 3 4"]],["LineString",["posList","5 6 7 8"]]]]"#,
        ],
        [
            #"["MultiPolygon",["polygonMember",["Polygon",["outerBoundaryIs",["LinearRing",["coordinates","0,0 0,2 2,2 2,0 0,0"]]]]],["polygonMember",["Polygon",["outerBoundaryIs",["LinearRing",["coordinates","5,5 6,5 6,6 5,5"]]]]]]"#,
            #"["MultiSurface",["surfaceMember",["Polygon",["exterior",["LinearRing",["posList","\#(square)"]]]]],["surfaceMember",["Surface",["patches",["PolygonPatch",["exterior",["LinearRing",["posList","5 5 6 5 6 6 5 5"]]]]]]]]"#,
            #"["MultiSurface",["surfaceMembers",["Polygon",["exterior",["LinearRing",["posList","\#(square)"]]]],["Polygon",["exterior",["LinearRing",["posList","5 5 6 5 6 6 5 5"]]]]]]"#,
            #"["Surface",["patches",["PolygonPatch",["exterior",["LinearRing",["posList","\#(square)"]]]],["PolygonPatch",["exterior",["LinearRing",["posList","5 5 6 5 6 6 5 5"]]]]]]"#,
        ],
        [
            #"["MultiGeometry",["geometryMember",["Point",["pos","1 2"]]],["geometryMember",["LineString",["posList","1 2 3 4"]]]]"#,
            #"["MultiGeometry",["geometryMembers",["Point",["pos","1 2"]],["LineString",["posList","1 2 3 4"]]]]"#,
        ],
    ])
    func waysToSayTheSame(_ samples: [String]) throws {
        let shapes = try samples.map { sample in
            var closed = false
            return try geometry(sample).geometry.shaped(closed: &closed)
        }
        for (shape, sample) in zip(shapes, samples) { #expect(shape == shapes[0], "\(sample)") }
    }

    @Test(arguments: [
        (#"["Point"]"#, GeometryProblem.empty), (#"["Point",["pos",""]]"#, .empty), (#"["MultiPoint"]"#, .empty),
        (#"["Polygon"]"#, .empty), (#"["LineString",["posList",""]]"#, .empty),
        (#"["LineString",["posList","1 2"]]"#, .tooShort), (#"["LineString",["posList","1 2 3"]]"#, .unreadable),
        (#"["LineString",["posList",{"srsDimension":"3"},"1 2 3 4"]]"#, .unreadable),
        (#"["LineString",["posList",{"srsDimension":"0"},"1 2 3 4"]]"#, .unreadable),
        (#"["Point",["pos","1"]]"#, .unreadable), (#"["Point",["pos","1 2 3 4 5"]]"#, .unreadable),
        (#"["Point",["pos","1 N"]]"#, .unreadable), (#"["Point",["coordinates","1,2 3,4"]]"#, .unreadable),
        (#"["Point",["coordinates","1,,2"]]"#, .unreadable),
        (#"["Point",["coordinates",{"cs":"."},"1.2"]]"#, .unreadable),
        (#"["Point",["coord",["X","1"]]]"#, .unreadable),
        (#"["Polygon",["exterior",["LinearRing",["posList","0 0 1 1 0 0"]]]]"#, .tooShort),
        (#"["Box",["coordinates","1,2 3,4"]]"#, .unsupported), (#"["Envelope",["lowerCorner","1 2"]]"#, .unsupported),
        (#"["Curve",["segments",["Arc",["posList","1 2 3 4 5 6"]]]]"#, .unsupported),
        (
            #"["Curve",["segments",["LineStringSegment",["posList","1 2 3 4"]],["LineStringSegment",["posList","5 6 7 8"]]]]"#,
            .unreadable
        ),
        (#"["MultiPoint",["pointMember",{"href":"urn:p"}]]"#, .unsupported),
        (#"["geometry",{"href":"urn:p"}]"#, .unsupported),
        (#"["MultiPoint",["pointMember",["LineString",["posList","1 2 3 4"]]]]"#, .unreadable),
        (#"["a",["b",["Point",["pos","1 2"]]]]"#, .unreadable),
        (#"["a",["Point",["pos","1 2"]],["Point",["pos","1 2"]]]"#, .unreadable),
        (#"["Point",{"xmlns":"urn:ms"},["pos","1 2"]]"#, .unreadable), (#"["a","1 2"]"#, .unreadable),
        (#"["Point",["pos","1 2"]"#, .unreadable), (#"["Point",["pos","1 2"]]]"#, .unreadable),
        (#"["Point""#, .unreadable),
        (#"["Point" ["pos","1 2"]]"#, .unreadable), (#"["Point",1]"#, .unreadable),
        (
            #"["MultiPoint",{"srsName":"EPSG:4326"},["pointMember",["Point",{"srsName":"EPSG:3857"},["pos","1 2"]]]]"#,
            .unsupported
        ),
    ])
    func refused(_ sample: String, _ problem: GeometryProblem) {
        #expect(throws: problem, "\(sample)") {
            var closed = false
            _ = try geometry(sample).geometry.shaped(closed: &closed)
        }
    }

    @Test func nestingHasAnEnd() {
        let deep = String(repeating: #"["MultiGeometry",["geometryMember","#, count: 1_000)
        #expect(throws: GeometryProblem.unreadable) { try geometry(deep) }
    }

    @Test func theSystemStandsAnywhere() throws {
        let name = #"{"srsName":"urn:ogc:def:crs:EPSG::4326"}"#
        for sample in [
            #"["g",\#(name),["Point",["pos","28.36 112.82"]]]"#, #"["Point",\#(name),["pos","28.36 112.82"]]"#,
            #"["Point",["pos",\#(name),"28.36 112.82"]]"#,
        ] {
            #expect(try served(sample) == #"{"type":"Point","coordinates":[112.82,28.36]}"#, "\(sample)")
        }
        let nothing = try geometry(#"["Point",["pos","28.36 112.82"]]"#)
        #expect(nothing.reference == nil && nothing.implied == nil)
    }
}
