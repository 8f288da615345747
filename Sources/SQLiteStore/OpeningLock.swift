import Foundation

/// Held while a store is opened, made or brought up to date: of several processes that find none, one makes it and the
/// others wait.
///
/// It is a lock on the folder (flock(2)), which leaves no file behind and ends with the process. SQLite's own locks do not
/// do: two that turn a new file to WAL find each other in the way, and GRDB reads which migrations are missing before it
/// locks anything.
struct OpeningLock: ~Copyable {
    private let descriptor: Int32

    /// Waits for the lock. Where the folder cannot be locked, opening the store says what is the matter.
    ///
    /// - Parameter path: the store's file.
    init(of path: String) {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }
}
