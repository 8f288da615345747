import Model
import Parsing
import Transport

/// What to ask a source over HTTP, page by page, and how to read each answer.
struct PagePlan: Sendable {
    let answer: AnswerPlan
    /// How the answer to a request for the total is read.
    let counting: AnswerPlan
    let paging: Paging
    /// The column that holds the key after which the next page begins.
    let keyColumn: Int?
    let requests: RequestPlan
    /// How times are written for the source.
    let clock: Clock
    /// The cursor or address that the last publication ended with, from which changes are asked for; nil where everything is.
    let resume: String?
    /// A form of times, and whose clocks they are of.
    struct Clock: Sendable {
        let format: Manifest.IncrementalSync.Format
        let zone: Manifest.IncrementalSync.Zone

        init(_ manifest: Manifest, _ values: TemplateValues) throws(Fault) {
            format = try values.choice(manifest.incrementalSync.format, of: "format of times") ?? .rfc3339
            zone = try values.choice(manifest.incrementalSync.zone, of: "zone of times") ?? .shanghai
        }

        func text(_ time: SourceTime) -> String { time.text(format, zone: zone) }
    }

    /// Whether validators may be sent and kept: where one answer is everything, an unchanged answer is no news.
    let isConditional: Bool

    init(_ order: PlanOrder) throws(Fault) {
        let (entry, manifest) = (order.entry, order.manifest)
        var values = try order.values()
        paging = try Paging(manifest.paginator, values)
        clock = try Clock(manifest, values)
        let keepsPlace = manifest.incrementalSync.resume.flatMap { values.text($0) } != nil
        resume = keepsPlace && !order.isSnapshot && entry.delivery != .snapshot ? order.watermark?.state : nil
        let since = keepsPlace ? nil : Self.since(order, clock)
        if paging.strategy == .none { values.run["page_size"] = .some(nil) }
        values.run["since"] = .some(since?.value)
        values.run["since_parameter"] = .some(since?.parameter)
        let isAskedFor = !values.items(manifest.completeness.query).isEmpty
        let isAmongRecords = isAskedFor ? try AnswerPlan.hasTotalAmongRecords(manifest, values) : false
        answer = try AnswerPlan(order, values, isAmongRecords ? .records : .all)
        counting = isAmongRecords ? try AnswerPlan(order, values, .total) : answer

        keyColumn = paging.strategy == .keyset ? try Self.keyColumn(order, values) : nil

        isConditional = values.flag(manifest.conditional) && paging.strategy == .none && entry.delivery == .snapshot
        let known = isConditional && order.version != nil && order.watermark?.version == order.version
        if keepsPlace, !paging.isLed {
            throw SourcePlan.misfit(
                "only who pages by cursor or address can go on where the last run ended", advice: "Leave `resume` out.")
        }
        requests = try RequestPlan(order, values, watermark: known ? order.watermark : nil)
    }

    private static func keyColumn(_ order: PlanOrder, _ values: TemplateValues) throws(Fault) -> Int {
        guard let key = order.manifest.paginator.key.flatMap({ values.text($0) }) else {
            throw SourcePlan.misfit(
                "paging by the last record's key needs the key's path",
                advice: "Give key_path, or what the adapter takes it from.")
        }
        guard let column = order.entry.readPaths.firstIndex(of: key) else {
            throw SourcePlan.misfit(
                "pages follow each other by '\(key)', which no field is read from",
                advice: "Add a field with `from: \(key)`.")
        }
        return column
    }

    /// The time that changes are asked from, as the source wants it; nil where everything is asked for.
    private static func since(
        _ order: PlanOrder, _ clock: Clock
    ) -> (parameter: String, value: String)? {
        guard !order.isSnapshot, case .delta(let delta) = order.entry.delivery, let since = order.watermark?.since
        else { return nil }
        // A source may count its changes instead of dating them: then the number is asked for as it came.
        guard var moment = SourceTime(normal: since) else { return (delta.parameter, since) }
        moment.epoch -= Int(delta.lookBack)
        return (delta.parameter, clock.text(moment))
    }
}
