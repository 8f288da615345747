import Foundation
import Model

/// A file without a name, gone with the process: a zip's table of contents is at its end, so it is kept whole while it is read.
final class ScratchFile {
    let descriptor: Int32
    private(set) var bytes = 0

    /// - Parameter folder: where it takes room; made where it is not there.
    init(in folder: URL) throws(Fault) {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var template = Array(folder.appendingPathComponent("huitong-XXXXXX").path.utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failed(folder.path) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        unlink(template)
    }

    deinit { close(descriptor) }

    func write(_ chunk: [UInt8]) throws(Fault) {
        var written = 0
        while written < chunk.count {
            let count = chunk.withUnsafeBytes { bytes in
                Foundation.write(descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw Self.failed("the scratch file") }
            written += count
        }
        bytes += chunk.count
    }

    func rewind() { lseek(descriptor, 0, SEEK_SET) }

    private static func failed(_ place: String) -> Fault {
        let reason = String(cString: strerror(errno))
        return Fault(
            errno == ENOSPC || errno == EDQUOT ? .storeFull : .storeFailed,
            "\(place) cannot be written: \(reason).",
            advice: "Make room, or give the exchange's user the right to write.")
    }
}
