/// A time pattern of five fields: minute, hour, day of month, month, day of week.
public struct CronExpression: Sendable, Codable, Equatable {
    public let text: String

    public init(text: String) { self.text = text }
}
