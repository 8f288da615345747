/// Where in a source a record was read: what a department needs to find it again.
public struct SourceLocator: Sendable, Codable, Equatable, Hashable {
    /// Counted from 1 in the order of asking.
    public var page: Int32
    /// Counted from 1 within the page.
    public var record: Int32

    public init(page: Int32, record: Int32) {
        self.page = page
        self.record = record
    }
}
