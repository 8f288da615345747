import Testing

@testable import Geospatial

@Suite struct StatedReferenceTests {
    @Test(arguments: [
        "SRID=4547;POINT (384316.496 3138903.702)", "srid = 4526 ; POINT (38384316.496 3138903.702)",
        "SRID=4490;POINT Z (112.82 28.36 5)",
        #"{"type":"Point","coordinates":[384316.496,3138903.702],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}}"#,
        #"{"type":"Point","coordinates":[384316.496,3138903.702],"crs":{"type":"name","properties":{"name":"EPSG:4547"}}}"#,
        #"{"type":"Point","coordinates":[384316.496,3138903.702],"crs":{"type":"EPSG","properties":{"code":4547}}}"#,
        #"{"crs":{"type":"name","properties":{"name":"EPSG:4547"}},"type":"Feature","geometry":{"type":"Point","coordinates":[384316.496,3138903.702]}}"#,
        #"{"type":"Point","coordinates":[112.82,28.36],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}}"#,
        #"{"type":"Point","coordinates":[112.82,28.36]}"#,
        #"{"type":"Point","coordinates":[112.82,28.36,9,8]}"#,
    ])
    func counts(_ sample: String) throws {
        #expect(try served(sample, decimals: 1e6) == #"{"type":"Point","coordinates":[112.82,28.36]}"#)
    }

    @Test func nobodySays() throws {
        #expect(throws: GeometryProblem.undeclaredReference) { try served("POINT (1 2)") }
        #expect(throws: GeometryProblem.undeclaredReference) { try served("SRID=0;POINT (1 2)") }
        #expect(throws: GeometryProblem.undeclaredReference) {
            try served(#"{"type":"Point","coordinates":[1,2],"crs":null}"#)
        }
    }

    @Test(arguments: [
        #"{"type":"Point","coordinates":[1,2],"crs":{"type":"link","properties":{"href":"http://a/b"}}}"#,
        #"{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"BD-09"}}}"#,
        "SRID=999999999;POINT (1 2)", "SRID=7;POINT (1 2)",
    ])
    func unknown(_ sample: String) {
        #expect(throws: GeometryProblem.unknownReference) { try served(sample) }
    }

    @Test func namesOfOneSystem() throws {
        let transformations = Transformations()
        let crs84 = CoordinateReference.crs84
        for (one, other, isSame) in [
            ("EPSG:4326", "OGC:CRS84", true), ("urn:ogc:def:crs:EPSG::4547", "EPSG:4547", true),
            ("EPSG:4490", "EPSG:4326", false), ("EPSG:4547", "EPSG:4526", false), ("EPSG:3857", "EPSG:4326", false),
            ("EPSG:4326", "EPSG:999999", false),
        ] {
            let (one, other) = (try CoordinateReference(stated: one), try CoordinateReference(stated: other))
            for _ in 0..<2 { #expect(transformations.areSame(one, other) == isSame, "\(one.name) \(other.name)") }
        }
        #expect(transformations.areSame(crs84, crs84))
    }

    /// A source that names a new system in every record does not fill the memory.
    @Test func transformationsAreKeptWithinBounds() throws {
        let transformations = Transformations()
        for number in 4491...4600 { _ = try? transformations.stated(CoordinateReference(number: number)) }
        let place = try transformations.stated(CoordinateReference(number: 4547))
            .apply(Coordinates(x: 384316.496, y: 3138903.702))
        #expect(abs(place.x - 112.82) < 2e-8)
    }
}
