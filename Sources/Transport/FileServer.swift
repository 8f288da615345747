import Foundation
import Model

/// What has to be right before a server of files is asked.
struct FileServer {
    private let hop: Hop

    init(_ hop: Hop) { self.hop = hop }

    /// - Throws: `settings.invalid` for a method that files do not have, and for an `sftp` server whose host key nobody
    ///   declared: libcurl would accept any.
    func check() throws(Fault) {
        guard ["GET", "HEAD", "LIST"].contains(hop.request.method) else {
            throw Fault(.badSettings, "\(hop.place): a server of files is read, not sent to.")
        }
        guard hop.location.scheme == "sftp" else { return }
        switch hop.request.login?.hostKey {
        case .fingerprint(let text) where Self.isFingerprint(text): return
        case .file(let path) where FileManager.default.isReadableFile(atPath: path): return
        case .file(let path):
            throw Fault(
                .badSettings, "The file of known hosts \(path) cannot be read.",
                advice: "Write it with ssh-keyscan and compare it with what the department says.",
                context: ["host": hop.location.host])
        case .fingerprint, nil:
            throw Fault(
                .badSettings, "\(hop.location.host) was not asked: nobody said which host key it has.",
                advice: "Declare host_key: SHA256:… or known_hosts: FILE of the system in departments.yaml.",
                context: ["host": hop.location.host])
        }
    }

    /// 32 bytes in base64 without padding, as OpenSSH prints them.
    private static func isFingerprint(_ text: String) -> Bool {
        text.utf8.count == 43 && Data(base64Encoded: text + "=")?.count == 32
    }
}
