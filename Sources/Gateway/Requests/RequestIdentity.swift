import HTTPTypes
import Hummingbird

/// How a request is told from every other: our own id, and the trace its caller is in.
///
/// The id is always minted here: evidence indexed by an id of the caller's choice could be made ambiguous.
struct RequestIdentity: Sendable {
    let id: String
    /// The caller's `traceparent`, where it is a valid one (W3C Trace Context, section 3.2).
    let trace: String?

    init(headers: HTTPFields) {
        let number = UInt64.random(in: .min ... .max)
        let digits = String(number, radix: 16)
        id = String(repeating: "0", count: 16 - digits.utf8.count) + digits
        trace = headers[.traceParent].flatMap { RequestIdentity.isTraceParent($0) ? $0 : nil }
    }

    /// `00-{32 hex}-{16 hex}-{2 hex}` in lower case, neither id all zeros.
    static func isTraceParent(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 4, parts.map(\.count) == [2, 32, 16, 2], parts[0].elementsEqual("00".utf8) else {
            return false
        }
        let isHex = parts.allSatisfy { part in
            part.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        return isHex && parts[1...2].allSatisfy { part in part.contains { $0 != 0x30 } }
    }
}

extension HTTPField.Name {
    static let requestID = HTTPField.Name("X-Request-Id") ?? .server
    static let traceParent = HTTPField.Name("traceparent") ?? .server
}
