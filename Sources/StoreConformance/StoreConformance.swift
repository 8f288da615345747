import Model
import Store

/// What every store promises, as checks that any implementation runs unchanged.
///
/// A check gets a workshop with an empty store; it throws a ``Violation`` that says what was broken and where.
public struct StoreConformance {
    /// One promise.
    public struct Check: Sendable, CustomStringConvertible {
        public let name: String
        public let run: @Sendable (Workshop) async throws -> Void

        public var description: String { name }

        init(_ name: String, _ run: @escaping @Sendable (Workshop) async throws -> Void) {
            self.name = name
            self.run = run
        }
    }

    /// A promise that was not kept.
    public struct Violation: Error, CustomStringConvertible {
        public let description: String
    }

    public static let checks: [Check] =
        publicationChecks + deltaChecks + recoveryChecks + readingChecks + quarantineChecks + subjectChecks
        + originalChecks + qualityChecks + snapshotChecks
}

/// Throws a violation unless the condition holds.
func expect(
    _ condition: Bool, _ promise: String, file: StaticString = #fileID, line: UInt = #line
) throws {
    guard condition else { throw StoreConformance.Violation(description: "\(file):\(line): \(promise)") }
}

/// Throws a violation unless both are equal, and says what they are.
func expect<T: Equatable>(
    _ found: T, is wanted: T, _ promise: String, file: StaticString = #fileID, line: UInt = #line
) throws {
    guard found == wanted else {
        throw StoreConformance.Violation(
            description: "\(file):\(line): \(promise): found \(found), wanted \(wanted)")
    }
}

/// Throws a violation unless the work fails with the code.
func expect(
    _ code: FaultCode, _ promise: String, file: StaticString = #fileID, line: UInt = #line,
    _ work: () async throws -> Void
) async throws {
    do {
        try await work()
    } catch let fault as Fault where fault.code == code {
        return
    } catch {
        throw StoreConformance.Violation(description: "\(file):\(line): \(promise): failed with \(error)")
    }
    throw StoreConformance.Violation(description: "\(file):\(line): \(promise): did not fail with \(code.rawValue)")
}
