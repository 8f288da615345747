import Model
import Transport

/// The address of the next page as an answer names it: in its body, or in its `Link` header.
struct NextAddress {
    let system: SourceSystem

    /// The whole address.
    ///
    /// - Parameters:
    ///   - reference: as it was written, relative or absolute.
    ///   - page: the address of the answer it came in.
    /// - Throws: `source.redirect` where it leads away from the system, since nobody allowed to ask there.
    func resolve(_ reference: String, at page: String) throws(Fault) -> String {
        let here = try Location(page)
        let target: Location
        do { target = try here.resolving(reference) } catch { throw refused("is no address") }
        // A service behind a proxy that speaks TLS for it does not know that it does, and writes http.
        if here.scheme == "https", target.scheme == "http", target.host == here.host, target.port == 80 {
            return try resolve("https" + target.text.dropFirst(4), at: page)
        }
        guard target.scheme == here.scheme || (here.scheme == "http" && target.scheme == "https") else {
            throw refused("changes from \(here.scheme) to \(target.scheme)")
        }
        guard target.host == here.host || system.hosts.contains(target.host) else {
            throw refused("is on another host, \(target.host)")
        }
        // Whoever listens on another port is somebody else, and would get what proves who asks.
        guard target.port == here.port || isUpgrade(here, target) || system.hosts.contains(target.host) else {
            throw refused("is on another port, \(target.port)")
        }
        return target.text
    }

    private func isUpgrade(_ here: Location, _ target: Location) -> Bool {
        here.scheme == "http" && here.port == 80 && target.scheme == "https" && target.port == 443
    }

    private func refused(_ why: String) -> Fault {
        Fault(
            .sourceRedirect, "the address of the next page \(why)",
            advice: "Add the host to the system's hosts if it belongs to it, or page by number or offset instead.")
    }
}
