import Foundation

/// A file system of its own, small enough to fill, for tests that may mount one.
struct SmallDisk: ~Copyable {
    let folder: URL

    init(size: String) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try SmallDisk.run("mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", folder.path)
    }

    deinit {
        try? SmallDisk.run("umount", folder.path)
        try? FileManager.default.removeItem(at: folder)
    }

    /// Writes into a disk's folder until so many bytes are left.
    static func fill(_ folder: URL, leaving room: Int = 0) {
        let descriptor = open(folder.appending(path: "filler").path, O_WRONLY | O_CREAT, 0o600)
        defer { close(descriptor) }
        var written = 0
        for block in [65_536, 512] {
            let zeros = [UInt8](repeating: 0, count: block)
            while write(descriptor, zeros, block) == block { written += block }
        }
        ftruncate(descriptor, max(0, written - room))
    }

    /// Makes room again.
    static func clear(_ folder: URL) throws {
        try FileManager.default.removeItem(at: folder.appending(path: "filler"))
    }

    /// Changes how one is mounted, for example that it cannot be written to.
    static func remount(_ folder: URL, _ options: String) throws {
        try run("mount", "-o", "remount,\(options)", folder.path)
    }

    /// Whether this user may mount one here; most may not.
    static let isPossible: Bool = {
        guard getuid() == 0, let disk = try? SmallDisk(size: "64k") else { return false }
        return FileManager.default.isWritableFile(atPath: disk.folder.path)
    }()

    private struct Failed: Error {}

    private static func run(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed() }
    }
}
