import Foundation
import Model
import Testing

@testable import Exchange

@Suite struct DirectoryLockTests {
    @Test func oneProcessAtATime() throws {
        let directory = DataDirectory(path: NSTemporaryDirectory() + "huitong-lock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        try directory.create()
        #expect(!DirectoryLock.isHeld(directory))
        let first = try DirectoryLock(directory)
        #expect(DirectoryLock.isHeld(directory))
        let fault = #expect(throws: Fault.self) { try DirectoryLock(directory) }
        #expect(fault?.code == .storeLocked)
        #expect(fault?.message.contains("process \(getpid())") == true)
        withExtendedLifetime(first) {}
    }

    @Test func givenBackAtTheEnd() throws {
        let directory = DataDirectory(path: NSTemporaryDirectory() + "huitong-lock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: directory.path) }
        try directory.create()
        do { _ = try DirectoryLock(directory) }
        _ = try DirectoryLock(directory)
    }
}
