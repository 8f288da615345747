import Foundation
import Model
import Testing

@testable import Normalizing

/// Whatever a source sends, a record becomes a row or a refusal, and nothing stops.
@Suite struct HostileTests {
    private static let fields =
        [field("k", .integer)]
        + FieldType.allCases.map { field($0.rawValue, $0) } + [
            field("formatted", .date, format: "dd.MM.yyyy"), field("projected", .geometry, crs: "EPSG:4547"),
            field("measured", .decimal, unit: UnitConversion(from: "亩", to: "平方米")),
            field("listed", .division, list: "divisions"),
            field("pair", .point, crs: "EPSG:4547", source: .coordinates(x: "x", y: "y")),
        ]

    private func check(_ values: [[UInt8]]) throws {
        let hostile = entry(Self.fields)
        var raw = RawBatch(columns: hostile.readPaths.count)
        for (number, value) in values.enumerated() {
            raw.beginRecord(at: SourceLocator(page: 1, record: Int32(number + 1)))
            for column in 0..<raw.columns {
                let bytes = column == 0 ? Array(String(number).utf8) : value
                bytes.withUnsafeBytes { raw.set(column, number % 2 == 0 ? .text : .structure, $0) }
            }
        }
        var normalizer = try normalizer(hostile)
        var batch = RecordBatch(columns: hostile.fields.count)
        normalizer.normalize(raw, into: &batch)
        #expect(batch.count == values.count && batch.refusals.isEmpty)
        for index in batch.cells.indices where batch.cells[index].kind == .text {
            #expect(batch.cells[index].range.upperBound <= batch.bytes.count)
        }
    }

    @Test func mutilatedValues() throws {
        let seeds = [
            "2021-05-20T10:15:30.25+08:00", "20261123101500", "2021年5月20日10时15分", "-1,234,567.890e-12",
            "91430112MA4L000035",
            "11010519491231002X", "430112001002", #"{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,6e1],[1,2]]]}"#,
            #"{"rings":[[[0,0],[0,4],[4,4],[0,0]],[[1,1],[2,1],[2,2]]],"spatialReference":{"wkid":4547}}"#,
            #"["g",{"xmlns":"urn:g"},["Polygon",{"srsName":"urn:ogc:def:crs:EPSG::4490"},["exterior",["LinearRing",["posList","28 112 29 112 29 113 28 112"]]]]]"#,
            #"["MultiPoint",["pointMember",["Point",["coordinates",{"cs":";"},"1;2"]]],["pointMember",["Point",["pos","1 2"]]]]"#,
            "SRID=4547;POINT (384316.496 3138903.702)",
            #"{"type":"Point","coordinates":[1,2],"crs":{"type":"name","properties":{"name":"EPSG:4547"}}}"#,
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 6, 7 5, 5 5)))", "［１１２．８２，２８．３６］", "[112.82,28.36]",
            #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]}"#, "20.05.2021",
            "\u{FEFF} 张三\u{3000}",
        ].map { Array($0.utf8) }
        var random = Repeatable()
        var values: [[UInt8]] = []
        for _ in 0..<4_000 {
            var value = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...3, using: &random) where !value.isEmpty {
                let index = Int.random(in: 0..<value.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: value.remove(at: index)
                case 1: value[index] = UInt8.random(in: 0...255, using: &random)
                case 2: value.insert(value.randomElement(using: &random) ?? 0, at: index)
                default: value.removeSubrange(index...)
                }
            }
            values.append(value)
        }
        try check(values)
    }

    static let naughty = URL(
        filePath: ProcessInfo.processInfo.environment["HUITONG_SHARED_DATA"]
            ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/data").path()
    ).appending(path: "bad-naughty-strings/blns.json")

    @Test(.enabled(if: FileManager.default.isReadableFile(atPath: naughty.path())))
    func naughtyStrings() throws {
        let strings = try JSONDecoder().decode([String].self, from: Data(contentsOf: Self.naughty))
        try check(strings.map { Array($0.utf8) })
    }
}
