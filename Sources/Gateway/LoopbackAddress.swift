import Model

/// A host that only this machine can reach.
enum LoopbackAddress {
    /// - Throws: `settings.unsafe-address` for a host that others could reach.
    static func require(_ host: String) throws(Fault) {
        guard !isLoopback(host) else { return }
        throw Fault(
            .unsafeAddress, "\(host) can be reached from other machines, and callers are not identified yet",
            advice: "Listen on 127.0.0.1, ::1 or localhost.", context: ["host": host])
    }

    /// 127.0.0.0/8 in four parts, `::1`, or `localhost`; a name that merely begins so is not.
    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" || host == "[::1]" { return true }
        guard host.utf8.starts(with: "127.".utf8) else { return false }
        let parts = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.count <= 3 && part.allSatisfy { (0x30...0x39).contains($0) } && UInt8(Substring(part)) != nil
            }
    }

    /// The host of an authority such as `localhost:8080` or `[::1]:8080`.
    static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[...end])
        }
        return String(authority.utf8.prefix { $0 != UInt8(ascii: ":") })?.lowercased() ?? authority
    }
}
