import Foundation
import Testing

@testable import Geospatial

/// Compared with pyproj, which asks the same database in its own way.
@Suite struct OracleTests {
    /// A Python that has pyproj.
    static let python: URL? = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
        .map { URL(filePath: $0) }
        .first { python in
            FileManager.default.isExecutableFile(atPath: python.path) && (try? run(python, "import pyproj")) != nil
        }

    /// Whether a Python is there and has a module.
    static func has(_ python: URL, _ module: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: python.path) && (try? run(python, "import \(module)")) != nil
    }

    static func run(_ python: URL, _ program: String) throws -> String {
        let process = Process()
        process.executableURL = python
        process.arguments = ["-c", program]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Random places of 望城区, out of CRS84 by pyproj and back by us: within a centimetre.
    @Test(
        .enabled(if: python != nil, "python3-pyproj is not installed"),
        arguments: ["EPSG:4547", "EPSG:4526", "EPSG:4490", "EPSG:4508", "EPSG:3857"])
    func places(_ name: String) throws {
        let program = """
            import pyproj, random
            random.seed(430112)
            for authority in (False, True):
                move = pyproj.Transformer.from_crs("OGC:CRS84", "\(name)", always_xy=not authority)
                for _ in range(500):
                    x, y = random.uniform(112.6, 113.0), random.uniform(28.1, 28.6)
                    print(int(authority), repr(x), repr(y), *map(repr, move.transform(x, y)))
            """
        let lines = try Self.run(#require(Self.python), program).split(separator: "\n")
        #expect(lines.count == 1_000)
        let transformations = Transformations()
        for line in lines {
            let numbers = line.split(separator: " ").compactMap { Double($0) }
            try #require(numbers.count == 5)
            var reference = try CoordinateReference(stated: name)
            reference.isInAuthorityOrder = numbers[0] == 1
            let place = try transformations.stated(reference).apply(Coordinates(x: numbers[3], y: numbers[4]))
            // Metres, at this latitude.
            let east = (place.x - numbers[1]) * 111_320 * 0.88
            let north = (place.y - numbers[2]) * 111_320
            #expect((east * east + north * north).squareRoot() <= 0.01, "\(line)")
        }
    }
}
