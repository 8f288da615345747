import Model
import Testing

@testable import Normalizing

@Suite struct PlaceTests {
    private let place = field(
        "p", .point, crs: "EPSG:4547", source: .coordinates(x: "X", y: "Y"))

    private func result(_ x: Raw, _ y: Raw) throws(Fault) -> String {
        let batch = try normalize(entry([field("k"), place]), [["k", x, y]])
        return ([batch.string(0, 1) ?? "-"] + batch.findings.map(\.rule)).joined(separator: " ")
    }

    @Test func columns() throws {
        let expected = #"{"type":"Point","coordinates":[112.82,28.36]}"#
        #expect(try result("384316.496", .number("3138903.702")) == expected)
        #expect(try result("３８４３１６．４９６", " 3138903.702 ") == expected)
        #expect(try result("38384316.496", "3138903.702") == "- point.range")
        #expect(try result("3138903.702", "384316.496") == "- point.range")
        #expect(try result("384316.496", .missing) == "- point.incomplete")
        #expect(try result("", "3138903.702") == "- point.incomplete")
        #expect(try result(.null, .missing) == "-")
        #expect(try result("东", "北") == "- point.unreadable")
    }

    @Test func oneColumn() throws {
        let point = field("p", .point, crs: "EPSG:4490")
        let expected = #"{"type":"Point","coordinates":[112.82,28.36]}"#
        for raw in [
            Raw.text("112.82,28.36"), "112.82 28.36", "112.82， 28.36", "POINT (112.82 28.36)",
            .structure(#"{"type":"Point","coordinates":[112.82,28.36]}"#), .structure("[112.82, 28.36]"),
        ] {
            let batch = try normalize(entry([field("k"), point]), [["k", raw]])
            #expect(batch.string(0, 1) == expected, "\(raw)")
        }
        let line = try normalize(entry([field("k"), point]), [["k", "LINESTRING (112 28, 113 29)"]])
        #expect(line.findings.map(\.rule) == ["point.unreadable"])
    }

    @Test func boxStandsBeforeTheText() throws {
        let geometry = field("g", .geometry, crs: "CRS84")
        let batch = try normalize(
            entry([field("k"), geometry]), [["k", "POLYGON ((112 28, 113 28, 113 29.5))"]])
        let cell = batch.cell(0, 1)
        #expect(cell.kind == .place)
        let box = batch.bytes[(cell.offset - 32)..<cell.offset].withUnsafeBytes { bytes in
            (0..<4).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self) }
        }
        #expect(box == [112, 28, 113, 29.5])
        #expect(batch.findings.map(\.rule) == ["geometry.open-ring"])
        #expect(batch.findings.map(\.severity) == [.warning])
    }

    @Test func mistakesOfTheEntry() {
        for crs in ["GCJ-02", "BD09", "EPSG:0", "WGS84?", "EPSG:999999"] {
            #expect(throws: Fault.self) { try normalizer(entry([field("k"), field("g", .geometry, crs: crs)])) }
        }
        let bare = field("p", .point, source: .coordinates(x: "X", y: "Y"))
        #expect(throws: Fault.self) { try normalizer(entry([field("k"), bare])) }
    }
}
