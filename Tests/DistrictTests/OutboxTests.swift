import Foundation
import Testing

@testable import District

@Suite struct OutboxTests {
    @Test func residentsAreDeliveredWithTheirNumberAndDigest() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-outbox-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let sizes = District.Sizes(
            residents: 50, enterprises: 10, collectives: 10, addresses: 10, penalties: 5, licences: 5)
        let district = District(sizes: sizes, pace: nil, outbox: folder, clock: { ChinaTime.founding })
        await district.advance(tick: 1)
        #expect(!FileManager.default.fileExists(atPath: folder.path), "nothing comes before its time")
        try await district.deliver()
        let control = try String(contentsOf: folder.appending(path: "population-000001.ctl"), encoding: .utf8)
        #expect(control.hasPrefix("population-000001.zip\t50\t"))
        for tick in 1...PolicePopulation.deliveryTicks * 6 { await district.advance(tick: tick) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names.count == 2 * PopulationOutbox.kept)
        #expect(names.first == "population-000003.ctl" && names.last == "population-000007.zip")
        let zips = try ["3", "7"].map { try Data(contentsOf: folder.appending(path: "population-00000\($0).zip")) }
        #expect(zips[0] != zips[1], "time did pass")
    }

    /// The check value of the CRC catalogue.
    @Test func theChecksumIsThatOfZip() {
        #expect(StoredZip.checksum(Array("123456789".utf8)) == 0xcbf4_3926)
    }

    @Test func othersOpenTheZip() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "huitong-\(UUID().uuidString).zip")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(StoredZip.bytes(name: "人口.xml", content: Array("<a/>".utf8))).write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; assert z.read('人口.xml') == b'<a/>'",
            file.path,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
