import Foundation
import Model
import Synchronization

/// One line that says how far the runs under way have come, and a line for each that ended.
final class ProgressBoard: Sendable {
    private let steps = Mutex<[String: RunProgress]>([:])

    func show(_ step: RunProgress) {
        let line = steps.withLock { steps in
            steps[step.entry] = step.outcome == nil ? step : nil
            return steps.values.sorted { $0.entry < $1.entry }.map(ProgressBoard.text).joined(separator: "  ")
        }
        Console.progress(line)
    }

    func clear() { Console.progress("") }

    private static func text(_ step: RunProgress) -> String {
        let total = step.promised.map { " of \($0)" } ?? ""
        return "\(step.entry) \(step.state == .fetching ? "\(step.records)\(total)" : step.state.rawValue)"
    }
}
