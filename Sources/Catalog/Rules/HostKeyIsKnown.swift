import Foundation
import Model

extension Diagnostic.Rule {
    /// A server of files over SSH has a host key that somebody compared.
    static let unknownHostKey: Self = "unknown-host-key"
}

extension Reader {
    /// What proves that an `sftp` server is the one that is meant: a fingerprint or a file of known hosts.
    mutating func hostKey(in mapping: Mapping, base: String) -> SourceSystem.HostKey? {
        let isSSH = base.hasPrefix("sftp:")
        if let item = mapping["host_key"], let text = text(item) {
            let digits = text.hasPrefix("SHA256:") ? String(text.dropFirst("SHA256:".count)) : text
            if digits.utf8.count == 43, Data(base64Encoded: digits + "=")?.count == 32 { return .fingerprint(digits) }
            report(
                wrongValue: text, at: item.place, expected: "`SHA256:` and 43 signs, as `ssh-keygen -lf` prints them")
            return nil
        }
        if let path = text(mapping["known_hosts"]) { return .knownHosts(path) }
        if isSSH, let item = mapping["base"] {
            report(
                .unknownHostKey, at: item.place, "nobody says which host key `\(base)` has",
                advice: "Add host_key: SHA256:… or known_hosts: FILE, compared with what the department says.")
        }
        return nil
    }
}
