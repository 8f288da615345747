import Foundation
import Model
import Testing

@testable import Normalizing

/// Recorded answers of map servers, read as an adapter reads them.
@Suite struct RecordedPlaceTests {
    private static let folder = "wfs-mapserver-msautotest/wxs/expected"

    /// The file's body behind the header lines that the server's program printed.
    private func body(_ name: String) throws -> [UInt8] {
        let bytes = try Recordings.bytes("\(Self.folder)/\(name)")
        let start = try #require(bytes.firstIndex(of: UInt8(ascii: "<")))
        return Array(bytes[start...])
    }

    private func features(
        _ name: String, _ records: String, wfs: String = "http://www.opengis.net/wfs/2.0", crs: String? = nil
    ) throws -> [String] {
        try places(
            body(name), .xml, records: records, path: "ms:msGeometry",
            namespaces: ["ms": "http://mapserver.gis.umn.edu/mapserver", "wfs": wfs], crs: crs)
    }

    private static let provinces = "/wfs:FeatureCollection/wfs:member/ms:province"

    @Test(.enabled(if: Recordings.has(folder)))
    func provincesAreTheSameInEveryVersion() throws {
        let two = try features("wfs_200_getfeature_outputformat_gml212.xml", Self.provinces)
        #expect(two.count == 21)
        #expect(
            two.first
                == #"{"type":"Polygon","coordinates":[[[-61.51051,47.77424],[-61.4835,47.76961],[-61.45998,47.76789],[-61.45764,47.78743],[-61.49272,47.79644],[-61.50894,47.7886],[-61.51051,47.77424]]]}"#
        )
        #expect(try features("wfs_200_getfeature_outputformat_gml311.xml", Self.provinces) == two)
        // WFS 1.0.0 names the system the short way, and gives longitude first.
        let first = try places(
            body("ows_wfs_getfeature.xml"), .xml, records: "/*/*/ms:province",
            path: "ms:msGeometry", namespaces: ["ms": "http://mapserver.gis.umn.edu/mapserver"], crs: nil)
        #expect(first == two)
        // 3.2.1 comes in pages of two.
        var pages: [String] = []
        for start in [0, 2] {
            pages += try features("wfs_200_getfeature_startindex_\(start)_count2.xml", Self.provinces)
        }
        #expect(pages == Array(two[0..<4]))
        #expect(try features("wfs_200_getfeature_startindex_20_count2.xml", Self.provinces) == [two[20]])
        // NAD83 is another system than the entry's, and is followed with a warning.
        let other = try features("wfs_200_getfeature_srsname.xml", Self.provinces, crs: "EPSG:4326")
        #expect(other.count == 21 && other.allSatisfy { $0.hasSuffix(" geometry.other-crs") })
        #expect(try features("wfs_200_getfeature_outputformat_gml212.xml", Self.provinces, crs: "EPSG:4326") == two)
    }

    @Test(.enabled(if: Recordings.has(folder)))
    func allKindsAreTheSameInEveryVersion() throws {
        let records = "/wfs:FeatureCollection/wfs:member/wfs:FeatureCollection/wfs:member/*"
        let three = try features("wfs_200_allgeoms_getfeature.xml", records)
        #expect(
            three == [
                #"{"type":"Point","coordinates":[2,49]}"#, #"{"type":"MultiPoint","coordinates":[[2,49],[3,50]]}"#,
                #"{"type":"LineString","coordinates":[[2,49],[3,50]]}"#,
                #"{"type":"MultiLineString","coordinates":[[[2,49],[3,50]],[[2,50],[3,49]]]}"#,
                #"{"type":"Polygon","coordinates":[[[2,49],[3,49],[3,50],[2,50],[2,49]],[[2.1,49.1],[2.1,49.9],[2.9,49.9],[2.9,49.1],[2.1,49.1]]]}"#,
                #"{"type":"MultiPolygon","coordinates":[[[[2,49],[3,49],[3,50],[2,50],[2,49]],[[2.1,49.1],[2.1,49.9],[2.9,49.9],[2.9,49.1],[2.1,49.1]]],[[[2.2,49.2],[2.8,49.2],[2.8,49.8],[2.2,49.8],[2.2,49.2]]]]}"#,
            ])
        #expect(try features("wfs_200_allgeoms_getfeature_gml2.xml", records) == three)
        // Web Mercator, written with five decimals of a metre, is the same to a centimetre.
        let mercator = try features("wfs_200_allgeoms_getfeature_3857.xml", records)
        #expect(mercator == three)
    }

    /// The path may lead to the geometry itself.
    @Test(.enabled(if: Recordings.has(folder)))
    func points() throws {
        let namespaces = ["gml": "http://www.opengis.net/gml/3.2", "wfs": "http://www.opengis.net/wfs/2.0"]
        for path in ["*/gml:Point", "*/*"] {
            let found = try places(
                body("wfs_time_getfeature.xml"), .xml, records: "/wfs:FeatureCollection/wfs:member/*", path: path,
                namespaces: namespaces, crs: "EPSG:4326")
            #expect(found.count == 25)
            if path == "*/gml:Point" {
                #expect(found.allSatisfy { $0.hasPrefix(#"{"type":"Point","coordinates":["#) && $0.hasSuffix("]}") })
            } else {
                // The first element within an element is the box around the feature.
                #expect(found.allSatisfy { $0 == "- geometry.unsupported" })
            }
        }
    }

    private static let arcgis = "dept-arcgis-esridump/tests/fixtures"

    @Test(.enabled(if: Recordings.has(arcgis)))
    func arcGIS() throws {
        let columbia = try places(
            Recordings.bytes("\(Self.arcgis)/us-mo-columbia/us-mo-columbia-0.json"), .json, records: "features",
            path: "geometry", crs: "EPSG:4326")
        #expect(columbia.count == 43 && columbia.allSatisfy { $0.hasPrefix(#"{"type":"Point","coordinates":[-92."#) })
        // The system stands beside the features only: without the entry's it is not known.
        let undeclared = try places(
            Recordings.bytes("\(Self.arcgis)/us-mo-columbia/us-mo-columbia-0.json"), .json, records: "features",
            path: "geometry", crs: nil)
        #expect(Set(undeclared) == ["- geometry.undeclared-crs"])
        let test = try places(
            Recordings.bytes("\(Self.arcgis)/us-esri-test/us-esri-test-0.json"), .json, records: "features",
            path: "geometry", crs: "EPSG:4326")
        #expect(test.count == 1_000)
        #expect(test.first == "-", "it has no geometry")
        #expect(Set(test.compactMap { $0.hasPrefix("{") ? "{" : $0 }).isSubset(of: ["-", "{"]))
    }
}
