import Foundation
import SQLiteStore
import StoreConformance
import Testing

/// SQLite keeps what every store promises.
@Suite struct ConformanceTests {
    @Test(arguments: StoreConformance.checks)
    func keeps(_ check: StoreConformance.Check) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "huitong.sqlite").path
        // 2026-11-23T10:00:00+08:00, a second later each time it is asked.
        let clock = TickingClock(start: 1_795_399_200)
        let workshop = Workshop(store: try SQLiteStore(path: path, now: clock.now)) {
            try SQLiteStore(path: path, now: clock.now)
        }
        try await check.run(workshop)
    }
}
