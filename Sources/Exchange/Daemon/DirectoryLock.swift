import Foundation
import Model

/// The right to write to a data directory. One process has it at a time, and gives it back at its end, however it ends.
public final class DirectoryLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock.
    ///
    /// - Throws: `store.locked`, naming the process that holds it.
    public init(_ directory: DataDirectory) throws(Fault) {
        let descriptor = open(directory.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Fault(
                .storeReadOnly, "the lock \(directory.lock) cannot be opened: \(String(cString: strerror(errno)))",
                advice: "Give the user who runs huitong the right to write there.", context: ["file": directory.lock])
        }
        guard DirectoryLock.take(descriptor) else {
            close(descriptor)
            let holder = DirectoryLock.holder(of: directory).map { "process \($0)" } ?? "another process"
            throw Fault(
                .storeLocked, "\(holder) is writing to \(directory.path)",
                advice: "Stop it first, or use another data directory. While a daemon runs, commands go through it.",
                context: ["file": directory.lock])
        }
        let pid = "\(getpid())\n"
        _ = ftruncate(descriptor, 0)
        _ = pid.withCString { pwrite(descriptor, $0, strlen($0), 0) }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Tries for a tenth of a second: who only looks whether the lock is held has it for a moment.
    private static func take(_ descriptor: Int32) -> Bool {
        for attempt in 0..<10 {
            if attempt > 0 { usleep(10_000) }
            if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return true }
        }
        return false
    }

    /// The process that wrote its number into the lock last.
    public static func holder(of directory: DataDirectory) -> Int32? {
        guard let text = try? String(contentsOfFile: directory.lock, encoding: .utf8) else { return nil }
        return Int32(text.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Whether some process holds the lock.
    public static func isHeld(_ directory: DataDirectory) -> Bool {
        let descriptor = open(directory.lock, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) == 0 else { return true }
        flock(descriptor, LOCK_UN)
        return false
    }
}
