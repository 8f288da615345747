import Foundation
import Model

/// A file that holds a secret: only its owner may have any right to it, as `ssh` asks of its keys.
enum SecretFile {
    /// - Throws: `settings.secret-exposed` where a group or others could read or change the file. One that is not there is left
    ///   to whoever reads it.
    static func requirePrivate(_ path: String, of secret: String) throws(Fault) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & 0o077 != 0 else { return }
        throw Fault(
            .exposedSecret, "the file of \(secret) can be read or changed by others than its owner",
            advice: "chmod 600 \(path); and have the secret changed if others may have read it.",
            context: ["file": path])
    }
}
