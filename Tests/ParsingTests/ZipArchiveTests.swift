import Foundation
import Model
import Parsing
import Testing

/// Archives as departments and attackers write them, made by python's zipfile.
@Suite struct ZipArchiveTests {
    private static let folder = FileManager.default.temporaryDirectory.appending(
        path: "huitong-zip-\(UUID().uuidString)")

    /// The archive that a python program writes to `path`.
    private static func archive(_ program: String) throws -> Data {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "\(UUID().uuidString).zip")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import sys, zipfile\npath = sys.argv[1]\n" + program, file.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        defer { try? FileManager.default.removeItem(at: file) }
        return try Data(contentsOf: file)
    }

    /// Every entry's name and content.
    private static func read(
        _ data: Data, limits: ArchiveLimits = ArchiveLimits()
    ) throws(Fault) -> [(name: String, content: [UInt8])] {
        let file = folder.appending(path: UUID().uuidString)
        guard FileManager.default.createFile(atPath: file.path, contents: data),
            let handle = FileHandle(forReadingAtPath: file.path)
        else { throw Fault(.defect, "the test's file cannot be written") }
        defer { try? FileManager.default.removeItem(at: file) }
        let archive = try ZipArchive(
            descriptor: handle.fileDescriptor, packed: data.count, place: "x.zip", limits: limits)
        var entries: [(String, [UInt8])] = []
        while let name = try archive.nextEntry() {
            var content: [UInt8] = []
            while let chunk = try archive.read() { content += chunk }
            entries.append((name, content))
        }
        return entries
    }

    private static func fault(_ data: Data, limits: ArchiveLimits = ArchiveLimits()) -> FaultCode? {
        do {
            _ = try read(data, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func entriesComeInOrderWithTheirNames() throws {
        let data = try Self.archive(
            """
            with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
                z.writestr('folder/', '')
                z.writestr('数据/人口.xml', '一' * 200000)
                z.writestr('../../etc/passwd', 'x')
                z.writestr('stored', 'y', zipfile.ZIP_STORED)
            """)
        let entries = try Self.read(data)
        #expect(entries.map(\.name) == ["数据/人口.xml", "../../etc/passwd", "stored"])
        #expect(entries.map(\.content.count) == [600_000, 1, 1])
    }

    @Test func aBombIsGivenUpEarly() throws {
        let bomb = try Self.archive(
            """
            with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
                z.writestr('bomb.xml', b' ' * (64 << 20))
            """)
        #expect(bomb.count < 100_000)
        #expect(Self.fault(bomb) == .sourceTooLarge)
        #expect(Self.fault(bomb, limits: ArchiveLimits(bytes: 10 << 20, ratio: 10_000)) == .sourceTooLarge)
        #expect(Self.fault(bomb, limits: ArchiveLimits(ratio: 10_000)) == nil)
    }

    @Test func tooManyEntriesAreRefused() throws {
        let data = try Self.archive(
            """
            with zipfile.ZipFile(path, 'w') as z:
                for number in range(40): z.writestr(str(number), '')
            """)
        #expect(Self.fault(data, limits: ArchiveLimits(entries: 39)) == .sourceTooLarge)
        #expect(try Self.read(data, limits: ArchiveLimits(entries: 40)).count == 40)
    }

    @Test func anEncryptedEntryIsRefused() throws {
        var data = try Self.archive(
            """
            with zipfile.ZipFile(path, 'w') as z: z.writestr('secret.xml', 'x' * 100)
            """)
        // Bit 0 of the flags in the local header and in the table of contents (APPNOTE 4.4.4).
        data[6] |= 1
        let table = try #require(data.firstRange(of: Data([0x50, 0x4b, 0x01, 0x02])))
        data[table.lowerBound + 8] |= 1
        #expect(Self.fault(data) == .sourceMalformed)
    }

    @Test func whatIsBrokenIsToldAndNeverTakenForTheWhole() throws {
        let data = try Self.archive(
            """
            import random
            random.seed(1)
            with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as z:
                z.writestr('a.xml', ''.join(random.choice('abcdefgh') for _ in range(2000)))
            """)
        for end in stride(from: 0, to: data.count, by: 37) {
            #expect(Self.fault(data.prefix(end)) == .sourceMalformed, "cut at \(end)")
        }
        var wrong = data
        wrong[300] ^= 0xff
        #expect(Self.fault(wrong) == .sourceMalformed)
    }
}
