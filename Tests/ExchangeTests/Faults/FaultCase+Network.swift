import Foundation
import Loopback
import Model
import Transport

/// The connection, and the time it takes.
extension FaultCase {
    private static let fiveTries = [0.5, 1, 2, 4]

    static let network: [FaultCase] = [
        FaultCase(
            name: "refuses the connection", detour: .closedPort, code: .sourceUnreachable, requests: 5,
            waits: fiveTries, says: "GET HOST/things could not be reached: …"),
        FaultCase(
            name: "has a name that leads nowhere",
            // Longer than a label may be (RFC 1035, section 2.3.4): no server of names is asked.
            detour: .address("http://" + String(repeating: "a", count: 64) + ".invalid"), code: .sourceUnreachable,
            requests: 5, waits: fiveTries, says: "GET … could not be reached: Could not resolve host: …"),
        FaultCase(
            name: "neither takes nor refuses the connection", detour: .fullQueue, limits: { $0.connectSeconds = 0.2 },
            code: .sourceTimeout, requests: 5, waits: fiveTries,
            says: "GET HOST/things did not take the connection in time: …"),
        FaultCase(
            name: "takes the connection and is silent in the TLS handshake", detour: .secure,
            limits: { $0.connectSeconds = 0.2 }, code: .sourceTimeout, requests: 5, waits: fiveTries,
            says: "GET HOST/things did not take the connection in time: …"),
        FaultCase(
            name: "takes the request and never answers", limits: { $0.lowSpeedSeconds = 1 },
            answer: { _, connection, _ in connection.waitForClose() }, code: .sourceTimeout, requests: 5,
            waits: fiveTries, says: "GET HOST/things was too slow: …"),
        FaultCase(
            name: "stops in the middle of its answer", limits: { $0.lowSpeedSeconds = 2 },
            answer: { _, connection, _ in
                connection.begin(length: 4000)
                connection.waitForClose()
            }, code: .sourceTimeout, isTimed: true, says: "GET HOST/things was too slow: …"),
        FaultCase(
            name: "drips its answer, slower than 64 bytes a second", limits: { $0.lowSpeedSeconds = 2 },
            answer: { _, connection, _ in
                connection.begin(length: 4000)
                while connection.write(" ") { usleep(50_000) }
            }, code: .sourceTimeout, isTimed: true, says: "GET HOST/things was too slow: …"),
        FaultCase(
            name: "drips its answer without end", limits: { $0.totalSeconds = 3 },
            answer: { _, connection, _ in
                connection.begin(length: 1 << 30)
                while connection.write(" ") { usleep(2_000) }
            }, code: .sourceTimeout, isTimed: true, says: "GET HOST/things was too slow: …"),
        FaultCase(
            name: "closes the connection in place of an answer", code: .sourceUnreachable, requests: 5,
            waits: fiveTries, says: "GET HOST/things closed the connection without an answer: …"),
        FaultCase(
            name: "resets the connection in place of an answer", answer: { _, connection, _ in connection.reset() },
            code: .sourceUnreachable, requests: 5, waits: fiveTries,
            says: "GET HOST/things closed the connection without an answer: …"),
        FaultCase(
            name: "answers in something that is not HTTP",
            answer: { _, connection, _ in
                connection.write("SSH-2.0-OpenSSH_9.9\r\n")
                connection.close()
            }, code: .sourceUnexpected, says: "GET HOST/things did not answer in HTTP: …"),
    ]

    static let security: [FaultCase] = [
        FaultCase(
            name: "shows a certificate that has expired",
            detour: .certificate(.expired, host: "localhost", isTrusted: true), code: .sourceTLS,
            says: "GET HOST/things could not be asked over TLS: …certificate has expired…"),
        FaultCase(
            name: "shows a certificate that it signed itself",
            detour: .certificate(.selfSigned, host: "localhost", isTrusted: true), code: .sourceTLS,
            says: "GET HOST/things could not be asked over TLS: …self-signed certificate…"),
        FaultCase(
            name: "shows a certificate for another host",
            detour: .certificate(.forAnotherName, host: "localhost", isTrusted: true), code: .sourceTLS,
            says: "GET HOST/things could not be asked over TLS: …matches target host name…"),
        FaultCase(
            name: "shows a certificate of an authority that nobody declared",
            detour: .certificate(.none, host: "localhost", isTrusted: false), code: .sourceTLS,
            says: "GET HOST/things could not be asked over TLS: …unable to get local issuer certificate…"),
        FaultCase(
            name: "wants a certificate of ours that it was not shown", detour: .wantsCertificate,
            code: .sourceTLS, says: "GET HOST/things could not be asked over TLS: …"),
    ]
}

extension ServedConnection {
    /// The head of an answer, and the beginning of its records.
    func begin(length: Int) {
        let rows = FaultyDepartment.list(FaultyDepartment.rows(1)).dropLast()
        write("HTTP/1.1 200 OK\r\n\(FaultyDepartment.json)\r\nContent-Length: \(length)\r\n\r\n\(rows)")
    }
}
