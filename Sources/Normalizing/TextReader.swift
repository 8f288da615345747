import Model
import Standards

extension Column {
    /// Reads a text: as it is written, but for private characters that are no longer private.
    func readText(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let found = TextScan.of(value)
        if found.isEmpty { return copy(value, into: &bytes) }
        if found.contains(.control) { return .wrong(.controlCharacter) }
        let start = bytes.count
        let isPrivate = PrivateUse.replace(in: value, into: &bytes)
        let cell = text(bytes, from: start)
        if found.contains(.replacement) { return .doubtful(cell, .replacementCharacter) }
        if isPrivate { return .doubtful(cell, .privateUse) }
        return found.contains(.invisible) ? .doubtful(cell, .invisibleCharacter) : .value(cell)
    }

    func readPhone(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(PhoneNumber.Unreadable) {
            try PhoneNumber.normalize(value, into: &bytes)
            return .value(text(bytes, from: start))
        } catch {
            return .wrong(.phoneUnreadable)
        }
    }

    func readAddress(_ value: Span<UInt8>, into bytes: inout [UInt8]) -> Outcome {
        let start = bytes.count
        do throws(WebAddress.Problem) {
            try WebAddress.normalize(value, into: &bytes)
            return .value(text(bytes, from: start))
        } catch {
            switch error {
            case .unreadable: return .wrong(.urlUnreadable)
            case .scheme: return .wrong(.urlScheme)
            case .credentials: return .wrong(.urlCredentials)
            }
        }
    }
}
