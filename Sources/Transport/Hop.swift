import CCurl
import Model

/// One request on its way through redirects: where it goes now, what it carries there, and where it has been.
///
/// Redirects are followed here and not by libcurl, since a department's page may point anywhere: at most five, only to
/// the first host or one the request allows, never to another scheme but from http to https.
struct Hop: Sendable {
    static let limit = 5

    private(set) var request: Request
    private(set) var location: Location
    private let firstHost: String
    private var visited: [String]

    init(_ request: Request) throws(Fault) {
        for header in request.headers where !Self.isPlain(header.name) || !Self.isPlain(header.value) {
            throw Fault(.badSettings, "A header of the request holds a line break.", advice: "Remove it.")
        }
        self.request = request
        location = try Location(request.url)
        firstHost = location.host
        visited = ["\(request.method) \(location.text)"]
    }

    private static func isPlain(_ text: String) -> Bool {
        !text.utf8.contains { $0 == 13 || $0 == 10 || $0 == 0 }
    }

    /// What is asked, for people to read: `GET host/path`, never a query.
    var place: String { "\(request.method) \(request.unixSocket.map { "\($0):" } ?? "")\(location.place)" }

    static func isRedirect(_ status: Int) -> Bool { [301, 302, 303, 307, 308].contains(status) }

    /// The hop that an answer sends us on, or `source.redirect` with the reason for not going there.
    func redirected(by head: ResponseHead) throws(Fault) -> Hop {
        guard visited.count <= Self.limit else { throw refused("more than \(Self.limit) redirects") }
        guard let reference = head.headers["location"], !reference.isEmpty else { throw refused("no Location header") }
        let target = try resolve(reference)
        guard target.scheme == location.scheme || (location.scheme == "http" && target.scheme == "https") else {
            throw refused("from \(location.scheme) to \(target.scheme)")
        }
        guard target.host == firstHost || request.allowedHosts.contains(target.host) else {
            throw refused("to another host, \(target.host)")
        }
        var next = self
        next.location = target
        next.request = carried(to: target, status: head.status)
        let step = "\(next.request.method) \(target.text)"
        guard !visited.contains(step) else { throw refused("in a circle") }
        next.visited.append(step)
        return next
    }

    private func resolve(_ reference: String) throws(Fault) -> Location {
        do { return try location.resolving(reference) } catch { throw refused("to something that is no address") }
    }

    private func carried(to target: Location, status: Int) -> Request {
        var carried = request
        if status <= 303, request.method != "HEAD" {
            carried.method = "GET"
            carried.body = nil
            carried.headers.removeAll { $0.name.lowercased().hasPrefix("content-") }
        }
        if !isSameOrigin(target) {
            carried.tls?.certificate = nil
            carried.tls?.key = nil
            carried.headers.removeAll { !Self.harmless.contains($0.name.lowercased()) }
        }
        return carried
    }

    /// The same host and port, or the change from http to https on their standard ports.
    private func isSameOrigin(_ target: Location) -> Bool {
        guard target.host == location.host else { return false }
        return target.port == location.port || (location.port == 80 && target.port == 443)
    }

    /// What may be told to another host. Departments put credentials into headers of any name, so the rest stays.
    private static let harmless: Set<String> = [
        "accept", "accept-language", "content-type", "if-modified-since", "if-none-match", "user-agent",
    ]

    private func refused(_ why: String) -> Fault {
        Fault(
            .sourceRedirect, "\(place) answered with a redirect that is not followed: \(why).",
            advice: "Write the address it should lead to into the catalogue, or add its host to the system's hosts.",
            context: ["host": location.host])
    }
}
