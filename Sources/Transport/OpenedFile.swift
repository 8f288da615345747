import Foundation

/// A file descriptor and what the system knows of it, closed with the value that holds it.
final class OpenedFile: Sendable {
    struct SystemError: Error {
        let code: Int32
    }

    private let descriptor: Int32
    let bytes: Int
    let isRegular: Bool
    /// Changes whenever the file does.
    let tag: String

    /// Opens without waiting, since a pipe could be lying there.
    static func open(_ path: String) -> Result<OpenedFile, SystemError> {
        let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        return descriptor < 0 ? .failure(SystemError(code: errno)) : .success(OpenedFile(descriptor))
    }

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        bytes = Int(status.st_size)
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        tag = "\"\(status.st_ino)-\(status.st_size)-\(changed.tv_sec)-\(changed.tv_nsec)\""
    }

    deinit { close(descriptor) }

    /// Where the opened file really is.
    var path: String? { Self.path(of: descriptor) }

    static func path(of descriptor: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX) + 1)
        #if canImport(Darwin)
            guard fcntl(descriptor, F_GETPATH, &buffer) == 0 else { return nil }
        #else
            guard readlink("/proc/self/fd/\(descriptor)", &buffer, Int(PATH_MAX)) > 0 else { return nil }
        #endif
        return String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The next bytes, none at the end, nil where they cannot be read.
    func read(_ count: Int) -> [UInt8]? {
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = Foundation.read(descriptor, buffer.baseAddress, count)
            filled = max(0, result)
        }
        return result < 0 ? nil : bytes
    }
}
