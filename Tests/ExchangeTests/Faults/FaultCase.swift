import Foundation
import Loopback
import Model
import Testing
import Transport

/// One way in which a department fails, and what becomes of it: a row of `docs/reliability.md`.
struct FaultCase: Sendable {
    /// What the department does, as the page says it.
    let name: String
    /// How the department gives its records while it is well.
    var shape = FaultyDepartment.Shape.whole
    /// Where requests lead while it fails, where that is not the department's own address.
    var detour = Detour.none
    /// What is asked for while it fails, with small limits, so that nobody waits for the usual ones.
    var limits: @Sendable (inout TransferLimits) -> Void = { _ in }
    /// What it answers while it fails.
    var answer: FaultyDepartment.Answer = { _, connection, _ in connection.close() }
    var state = Run.State.failed
    var code: FaultCode?
    /// Requests sent in all, those that never arrived among them.
    var requests = 1
    /// A busy machine may find the time over before the answer began, and ask again.
    var isTimed = false
    /// Seconds waited between them.
    var waits: [Double] = []
    /// What an operator reads: the fault's sentence, or why the run is held. `…` stands for anything, HOST for the
    /// department's address.
    var says = ""
    /// What is served after the run, by id; nil for what was served before it.
    var serves: [String: String]?

    /// Whether what is known of the source may have moved.
    var movesOn: Bool { state == .published }
}

extension FaultCase: CustomTestStringConvertible {
    var testDescription: String { name }

    static let all = network + security + statuses + bodies + contents + redirects + pages + records

    /// Those that can be tried here.
    static let possible = all.filter { !$0.detour.needsCertificates || TLSServer.isPossible }

    /// The row of the page.
    var row: String {
        let verdict = code.map { "`\($0.rawValue)`" } ?? "–"
        return "| \(name) | \(state.rawValue) | \(verdict) | \(requests) | \(says.isEmpty ? "–" : says) |"
    }
}

extension String {
    /// Whether the text reads as a sentence in which `…` stands for anything.
    func reads(as sentence: String) -> Bool {
        let parts = sentence.components(separatedBy: "…")
        guard parts.count > 1 else { return self == sentence }
        guard hasPrefix(parts[0]), hasSuffix(parts[parts.count - 1]) else { return false }
        var rest = self[...]
        for part in parts where !part.isEmpty {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }
}
