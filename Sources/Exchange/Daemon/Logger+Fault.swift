import Logging
import Model

extension Logger {
    /// Logs a fault once, at the top: its sentence as the message, its code, place and advice beside it.
    ///
    /// - Parameter about: what the fault's own place does not say, for example the entry.
    public func log(_ level: Level, _ fault: Fault, about: [String: String] = [:]) {
        var metadata = fault.context.merging(about) { inner, _ in inner }.mapValues { MetadataValue.string($0) }
        metadata["code"] = .string(fault.code.rawValue)
        if let advice = fault.advice { metadata["advice"] = .string(advice) }
        log(level: level, "\(fault.message)", metadata: metadata)
    }
}
