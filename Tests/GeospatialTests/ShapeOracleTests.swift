import Foundation
import Testing

@testable import Geospatial

/// Compared with GEOS, by way of Shapely: what a text means, and which way its rings turn.
@Suite struct ShapeOracleTests {
    static let python: URL? = [URL(filePath: "/usr/bin/python3")].first { OracleTests.has($0, "shapely") }

    /// Random geometries of every kind as well-known text by GEOS, and as its own GeoJSON with the rings as RFC 7946 §3.1.6
    /// asks: we make the one of the other.
    @Test(.enabled(if: python != nil, "python3-shapely is not installed"))
    func shapes() throws {
        let program = """
            import json, random
            from shapely.geometry import *
            from shapely.geometry.polygon import orient
            random.seed(430112)
            def place(x=0, y=0):
                return (round(112 + x + random.random() / 2, 5), round(28 + y + random.random() / 2, 5))
            def polygon(x=0, y=0):
                box = MultiPoint([place(x, y) for _ in range(9)]).convex_hull
                hole = box.centroid.buffer(0.01, 2)
                holes = [[(round(a, 6), round(b, 6)) for a, b in hole.exterior.coords]] if random.random() < 0.5 else []
                return orient(Polygon(box.exterior.coords, holes), random.choice((1, -1)))
            def turned(shape):
                if shape.geom_type == 'Polygon':
                    return orient(shape, 1)
                if shape.geom_type == 'MultiPolygon':
                    return MultiPolygon([orient(part, 1) for part in shape.geoms])
                if shape.geom_type == 'GeometryCollection':
                    return GeometryCollection([turned(part) for part in shape.geoms])
                return shape
            kinds = [
                lambda: Point(place()), lambda: MultiPoint([place() for _ in range(4)]),
                lambda: LineString([place() for _ in range(5)]), polygon,
                lambda: MultiLineString([[place(), place()], [place(), place(), place()]]),
                lambda: MultiPolygon([polygon(), polygon(1, 1)]),
                lambda: GeometryCollection([Point(place()), polygon(), LineString([place(), place()])]),
            ]
            for _ in range(400):
                shape = random.choice(kinds)()
                print(shape.wkt + '|' + json.dumps(mapping(turned(shape)), separators=(',', ':')))
            """
        let lines = try OracleTests.run(#require(Self.python), program).split(separator: "\n")
        #expect(lines.count == 400)
        for line in lines {
            let parts = line.split(separator: "|", maxSplits: 1).map(String.init)
            let ours =
                try JSONSerialization.jsonObject(with: Data(served("SRID=4326;" + parts[0]).utf8)) as? NSDictionary
            let theirs = try JSONSerialization.jsonObject(with: Data(parts[1].utf8)) as? NSDictionary
            #expect(ours != nil && ours == theirs, "\(line)")
        }
    }
}
