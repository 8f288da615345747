import Model

extension Diagnostic.Rule {
    /// A schedule is a cron pattern.
    static let badCron: Self = "bad-cron"
}

extension Reader {
    mutating func cron(_ item: Item?) -> CronExpression? {
        guard let item, let text = text(item) else { return nil }
        do throws(CronExpression.Invalid) {
            return try CronExpression(parsing: text)
        } catch {
            report(.badCron, at: item.place, error.message, advice: error.advice)
            return nil
        }
    }
}
