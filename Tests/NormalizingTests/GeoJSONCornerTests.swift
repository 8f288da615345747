import Foundation
import Model
import Testing

@testable import Normalizing

/// GeoJSON that is broken in one known way each (chrieke/geojson-invalid-geometry), as fields read it.
@Suite struct GeoJSONCornerTests {
    private static let folder = "geojson-invalid-chrieke/examples"

    /// What each file becomes: refused with a finding, or kept.
    ///
    /// Structure that the geometry needs is refused. What a geometry does not need (`id`, `properties`, `bbox`) is other
    /// fields' business and not looked at. Rings are closed and turned as docs/types.md says.
    private static let table: [String: String] = [
        "invalid_structure/invalid_feature_geometry_is_string": "- geometry.unreadable",
        "invalid_structure/invalid_feature_id_type": "Point",
        "invalid_structure/invalid_feature_properties_is_array": "-",
        "invalid_structure/invalid_feature_wrong_geometry_key": "- geometry.unreadable",
        "invalid_structure/invalid_featurecollection_no_features_member": "- geometry.unreadable",
        "invalid_structure/invalid_featurecollection_unknown_type": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_bbox_not_list": "Point",
        "invalid_structure/invalid_geometry_coordinates_1d": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_coordinates_empty_position": "- geometry.empty",
        "invalid_structure/invalid_geometry_coordinates_missing": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_depth_deep_point": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_depth_shallow_linestring": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_geometrycollection_null_geometry": "- geometry.unreadable",
        "invalid_structure/invalid_geometry_missing_type": "- geometry.unreadable",
        "invalid_geometries/invalid_incorrect_geometry_data_type": "- geometry.unreadable",
        "invalid_geometries/invalid_interior_not_cw": "Polygon",
        "invalid_geometries/invalid_exterior_not_ccw": "Polygon",
        "invalid_geometries/invalid_unclosed": "Polygon geometry.open-ring",
        "invalid_geometries/invalid_less_three_unique_nodes": "- geometry.too-short",
        "valid/valid_geometry_geometrycollection_empty_geometries": "- geometry.empty",
        "valid/valid_feature_with_id": "Point", "valid/valid_featurecollection": "Polygon",
        "valid/valid_featurecollection_with_geometrycollection": "GeometryCollection",
        "valid/valid_geometry": "Point", "valid/valid_geometry_bbox": "Polygon", "valid/valid_geometry_point": "Point",
        "valid/valid_geometry_linestring": "LineString", "valid/valid_geometry_multilinestring": "MultiLineString",
        "valid/valid_geometry_multipoint": "MultiPoint", "valid/valid_geometry_polygon": "Polygon",
    ]

    static let files: [String] = ["valid", "invalid_structure", "invalid_geometries"].flatMap { kind in
        Recordings.names("\(folder)/\(kind)").map { "\(kind)/\($0)" }
    }

    @Test(.enabled(if: Recordings.has(folder)), arguments: files)
    func file(_ name: String) throws {
        let body = try Recordings.bytes("\(Self.folder)/\(name)")
        let document = try #require(JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
        let found: String
        if document["features"] is [Any], document["type"] as? String == "FeatureCollection" {
            // A collection is a page of records, of which the field reads one geometry each.
            let all = try places(body, .json, records: "features", path: "geometry", crs: nil)
            found = try #require(all.first)
        } else {
            found = try result(.structure(String(decoding: body, as: UTF8.self)), field("g", .geometry))
        }
        let expected = try #require(
            Self.table[name.replacing(".geojson", with: "")], "\(name) is new: say what it becomes")
        let kind =
            found.hasPrefix("-") ? found : found.split(separator: "\"").dropFirst(3).first.map(String.init) ?? found
        let rules = found.hasPrefix("-") ? "" : found.split(separator: " ").dropFirst().map { " \($0)" }.joined()
        #expect(kind + rules == expected)
    }
}
