import Loopback
import Model

/// What statuses say.
extension FaultCase {
    static let statuses: [FaultCase] = [
        status("401 Unauthorized", .sourceUnauthorized, "does not accept our credential"),
        status("403 Forbidden", .sourceRefused, "refused the request"),
        status("404 Not Found", .sourceNotFound, "is not there"),
        status("410 Gone", .sourceNotFound, "is not there"),
        status("422 Unprocessable Content", .sourceRefused, "refused the request"),
        status("501 Not Implemented", .sourceFailed, "failed on its side"),
        status("408 Request Timeout", .sourceTimeout, "waited too long for our request", waits: [0.5, 1, 2, 4]),
        status("500 Internal Server Error", .sourceFailed, "failed on its side", waits: [0.5, 1, 2, 4]),
        status("502 Bad Gateway", .sourceFailed, "failed on its side", waits: [0.5, 1, 2, 4]),
        status("503 Service Unavailable", .sourceBusy, "is busy", waits: [0.5, 1, 2, 4]),
        status("504 Gateway Timeout", .sourceFailed, "failed on its side", waits: [0.5, 1, 2, 4]),
        status(
            "429 Too Many Requests", .sourceBusy, "is busy", asks: "7", as: "429 with `Retry-After` in seconds",
            waits: [7, 7, 7, 7]),
        // 1,700,000,000, where the clock of tests stands, is Tue, 14 Nov 2023 22:13:20 GMT.
        status(
            "429 Too Many Requests", .sourceBusy, "is busy", asks: "Tue, 14 Nov 2023 22:13:27 GMT",
            as: "429 with `Retry-After` as a date", waits: [7, 7, 7, 7]),
        status(
            "503 Service Unavailable", .sourceBusy, "is busy", asks: "3600",
            as: "503 with a `Retry-After` of an hour, which is left to the schedule"),
        FaultCase(
            name: "answers 500, 502 and 503, and then its records",
            answer: { _, connection, number in
                guard number > 3 else {
                    return connection.answer(["500 Error", "502 Bad Gateway", "503 Busy"][number - 1])
                }
                connection.answer(
                    headers: [FaultyDepartment.json], text: FaultyDepartment.list(FaultyDepartment.rows(1)))
            }, state: .published, requests: 4, waits: [0.5, 1, 2]),
        FaultCase(
            name: "answers 204 where records should be",
            answer: { _, connection, _ in connection.write("HTTP/1.1 204 No Content\r\n\r\n") },
            code: .sourceUnexpected, says: "the answer has status 204 and no records"),
        FaultCase(
            name: "answers 304 to a request that did not ask for it", shape: .said,
            answer: { _, connection, _ in connection.write("HTTP/1.1 304 Not Modified\r\n\r\n") },
            code: .sourceUnexpected, says: "the answer has status 304 and no records"),
    ]

    private static func status(
        _ line: String, _ code: FaultCode, _ what: String, asks retryAfter: String? = nil, as name: String? = nil,
        waits: [Double] = []
    ) -> FaultCase {
        let number = line.prefix(3)
        return FaultCase(
            name: "answers \(name ?? String(number))",
            answer: { _, connection, _ in
                connection.answer(line, headers: retryAfter.map { ["Retry-After: \($0)"] } ?? [], text: "no")
            }, code: code, requests: waits.count + 1, waits: waits,
            says: "GET HOST/things \(what): status \(number).")
    }
}
