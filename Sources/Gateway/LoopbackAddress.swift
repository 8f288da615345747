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
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            part.count <= 3 && part.allSatisfy { $0.isASCII && $0.isNumber } && UInt8(part) != nil
        }
    }

    /// The host of an authority such as `localhost:8080` or `[::1]:8080`.
    static func host(of authority: String) -> String {
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            return String(authority[...end])
        }
        return String(authority.prefix { $0 != ":" }).lowercased()
    }
}
