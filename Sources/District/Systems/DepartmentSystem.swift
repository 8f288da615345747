import Hummingbird

/// A department's system: what it answers, and how it moves on. The district runs one server for each.
protocol DepartmentSystem: Sendable {
    func routes() -> Router<BasicRequestContext>
    /// - Parameters:
    ///   - tick: counted from 1.
    ///   - now: seconds since 1970.
    func advance(tick: Int, now: Int) async
}
