import HTTPTypes
import Hummingbird
import Synchronization

/// How a request is told from every other: our own id, and the trace its caller is in.
///
/// The id is always minted here: evidence indexed by an id of the caller's choice could be made ambiguous.
struct RequestIdentity: Sendable {
    let id: String
    /// The caller's `traceparent`, where it is a valid one (W3C Trace Context, section 3.2).
    let trace: String?

    init(headers: HTTPFields) {
        id = RequestIdentity.mint()
        trace = headers[.traceParent].flatMap { RequestIdentity.isTraceParent($0) ? $0 : nil }
    }

    private static let seed = UInt64.random(in: .min ... .max)
    private static let minted = Atomic<UInt64>(0)

    /// Sixteen digits that this process has not minted before: a count, mixed so that it tells nothing (SplitMix64, which
    /// never maps two numbers to one). Asking the kernel for chance every time would cost more.
    private static func mint() -> String {
        var value = seed &+ minted.add(1, ordering: .relaxed).newValue &* 0x9E37_79B9_7F4A_7C15
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        value ^= value >> 31
        return String(unsafeUninitializedCapacity: 16) { digits in
            for place in 0..<16 {
                digits[place] = BytePen.hexDigit(UInt8(truncatingIfNeeded: value >> UInt64(60 - 4 * place)) & 15)
            }
            return 16
        }
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
