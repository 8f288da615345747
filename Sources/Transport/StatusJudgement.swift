import CCurl
import Foundation
import Model

/// What an answer's status means for us: a response, or a fault with what to do about it.
struct StatusJudgement {
    let hop: Hop
    let timing: Timing

    /// Nil where the status is an answer worth reading.
    func failure(_ head: ResponseHead) -> Failure? {
        if (200...299).contains(head.status) || head.status == 304 { return nil }
        let (code, what, advice) = Self.meaning(head.status)
        let type = head.headers["content-type"].map { " with \($0.prefix(80))" } ?? ""
        return Failure(
            Fault(
                code, "\(hop.place) \(what): status \(head.status)\(type).", advice: advice,
                retryAfter: retryAfter(head), context: ["host": hop.location.host, "status": String(head.status)]),
            .status(head.status))
    }

    private static func meaning(_ status: Int) -> (FaultCode, String, String) {
        switch status {
        case 300...399:
            (.sourceRedirect, "answered with a redirect that names no single place", "Ask for the final address.")
        case 401:
            (.sourceUnauthorized, "does not accept our credential", "Renew the system's credential in the settings.")
        case 404, 410:
            (.sourceNotFound, "is not there", "Compare the entry's path with the department's interface.")
        case 408:
            (.sourceTimeout, "waited too long for our request", "Try again; if it stays, ask the department.")
        case 429, 503:
            (.sourceBusy, "is busy", "Lower the system's rate or concurrency if this repeats.")
        case 500...599:
            (.sourceFailed, "failed on its side", "Try again; if it stays, tell the department.")
        default:
            (.sourceRefused, "refused the request", "Compare parameters and permissions with the interface's manual.")
        }
    }

    /// Seconds, or a date in any of the three forms of RFC 9110 §5.6.7.
    private func retryAfter(_ head: ResponseHead) -> Double? {
        guard let text = head.headers["retry-after"]?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let seconds = Double(text) { return seconds.isFinite ? max(0, seconds) : nil }
        let date = curl_getdate(text, nil)
        return date < 0 ? nil : max(0, Double(date) - timing.date())
    }
}
