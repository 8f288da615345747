import Loopback
import Model

/// Where answers would lead us.
extension FaultCase {
    static let redirects: [FaultCase] = [
        redirect("in a circle", to: ["/a", "/b", "/a"], requests: 3, "in a circle"),
        redirect(
            "on and on", to: (1...20).map { "/\($0)" }, requests: 6, "more than 5 redirects"),
        redirect("to another host", to: ["http://department.example/things"], "to another host, department.example"),
        redirect("to this machine by another name", to: ["http://localhost/things"], "to another host, localhost"),
        redirect("to a file", to: ["file:///etc/passwd"], "from http to file"),
        redirect(
            "to a link-local address", to: ["http://169.254.170.2/v2/credentials"], "to another host, 169.254.170.2"),
        redirect("to an address with a user name", to: ["http://a:b@127.0.0.1/"], "to something that is no address"),
        redirect("to nowhere", to: [""], "no Location header"),
        FaultCase(
            name: "redirects to a declared host at a link-local address",
            answer: { _, connection, _ in
                connection.answer("302 Found", headers: ["Location: http://169.254.169.254/latest/meta-data/"])
            }, code: .sourceForbidden,
            says: "GET 169.254.169.254/latest/meta-data/ was not asked: it leads to 169.254.169.254, which is …."),
        FaultCase(
            name: "has an address that leads to a private network", detour: .address("http://10.0.0.1"),
            code: .sourceForbidden, says: "GET 10.0.0.1/things was not asked: it leads to 10.0.0.1, which is private."),
        nextLink("to another host", "http://department.example/things", "is on another host, department.example"),
        nextLink("to a file", "file:///etc/passwd", "changes from http to file"),
        nextLink("to a link-local address", "http://169.254.170.2/", "is on another host, 169.254.170.2"),
    ]

    private static func redirect(
        _ name: String, to places: [String], requests: Int = 1, _ why: String
    ) -> FaultCase {
        FaultCase(
            name: "redirects \(name)",
            answer: { _, connection, number in
                let place = places[(number - 1) % places.count]
                connection.answer("302 Found", headers: place.isEmpty ? [] : ["Location: \(place)"])
            }, code: .sourceRedirect, requests: requests,
            says: "GET HOST/… answered with a redirect that is not followed: \(why).")
    }

    private static func nextLink(_ name: String, _ target: String, _ why: String) -> FaultCase {
        FaultCase(
            name: "names a next page that leads \(name)", shape: .next,
            answer: { _, connection, _ in
                let rows = FaultyDepartment.list(FaultyDepartment.rows(1).prefix(2))
                connection.answer(headers: [FaultyDepartment.json], text: #"{"rows":\#(rows),"next":"\#(target)"}"#)
            }, code: .sourceRedirect, says: "the address of the next page \(why)")
    }
}
