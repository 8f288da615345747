import Foundation
import Model

/// Takes secrets out of what a source says: a system that echoes its caller's credential must not bring it into a log.
struct Redaction: Sendable {
    private let forms: [String]

    init(_ secrets: [String]) { forms = Self.forms(of: secrets) }

    func callAsFunction(_ text: String) -> String {
        forms.reduce(text) { $0.contains($1) ? $0.replacing($1, with: "***") : $0 }
    }

    func callAsFunction(_ fault: Fault) -> Fault {
        Fault(
            fault.code, self(fault.message), advice: fault.advice.map { self($0) }, retryAfter: fault.retryAfter,
            context: fault.context.mapValues { self($0) })
    }

    /// A secret as it may appear: as it is, as JSON, in an address, as the password of a header, and line by line.
    private static func forms(of secrets: [String]) -> [String] {
        var forms: Set<String> = []
        for secret in secrets {
            forms.formUnion([secret, Escaping.json(secret), Escaping.query(secret)])
            forms.formUnion(secret.split(whereSeparator: \.isNewline).map(String.init).filter { $0.count >= 8 })
        }
        // The longest first: one may hold another.
        return forms.filter { !$0.isEmpty }.sorted { ($0.count, $0) > ($1.count, $1) }
    }
}
