import Foundation
import Model
import Testing

@testable import Exchange

@Suite struct SinceLimitTests {
    /// 2026-01-01 00:00:00.750 in Asia/Shanghai.
    private let start = Date(timeIntervalSince1970: 1_767_196_800.75)

    @Test(arguments: [
        ("2025-12-31T23:59:59+08:00", "2025-12-31T23:59:59+08:00"),
        ("2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00+08:00"),
        ("2026-01-01T00:00:01+08:00", "2026-01-01T00:00:00+08:00"),
        ("2099-01-01T08:00:00.5+08:00", "2026-01-01T00:00:00+08:00"),
        ("2026-01-01", "2026-01-01"), ("9999-12-31", "2026-01-01"), ("2025-06-30", "2025-06-30"),
        ("20990101080000", "20990101080000"), ("4102444800", "4102444800"), ("77", "77"), ("", ""),
    ])
    func timesThatAreNotYetAreTheRunsBeginning(since: String, kept: String) {
        #expect(since.notAfter(start) == kept)
    }
}
