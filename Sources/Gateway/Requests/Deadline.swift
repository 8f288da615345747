import Model

/// Bounds what one answer may cost.
enum Deadline {
    /// - Parameter late: what is told where the work took longer, `store.busy` if nothing is said; it is cancelled then.
    static func within<Value: Sendable>(
        seconds: Double, orElse late: Fault? = nil, _ work: @escaping @Sendable () async throws(Fault) -> Value
    ) async throws(Fault) -> Value {
        let outcome = await withTaskGroup(of: Result<Value, Fault>?.self) { group in
            group.addTask {
                do throws(Fault) { return .success(try await work()) } catch { return .failure(error) }
            }
            group.addTask {
                try? await Task.sleep(for: .seconds(seconds))
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        guard let outcome else {
            throw late
                ?? Fault(
                    .storeBusy, "the query took longer than \(seconds) seconds",
                    advice: "Ask for fewer records, or filter by the key or an indexed field.")
        }
        return try outcome.get()
    }
}
