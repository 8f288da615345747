import Testing

/// The exchange that was left alone, after each chapter: what all others are to come to.
struct UndisturbedLife: Sendable {
    private(set) var rows: [StoreRows] = []
    private(set) var counts: [WriteCount] = []

    /// It is lived once, whoever asks.
    static func lived() async throws -> UndisturbedLife { try await once.value }

    private static let once = Task {
        let source = StorySource()
        return try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            var life = try Life(base: base, source: source)
            var found = UndisturbedLife()
            for chapter in Story.chapters {
                found.counts.append(try await life.live(chapter))
                found.rows.append(try await life.check { Issue.record("undisturbed, \(chapter): \($0)") })
            }
            return found
        }
    }
}
