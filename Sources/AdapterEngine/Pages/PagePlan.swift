import Model
import Parsing
import Transport

/// What to ask a source over HTTP, page by page, and how to read each answer.
struct PagePlan: Sendable {
    let answer: AnswerPlan
    let paging: Paging
    let requests: RequestPlan
    /// Whether validators may be sent and kept: where one answer is everything, an unchanged answer is no news.
    let isConditional: Bool

    /// How pages follow each other.
    struct Paging: Sendable {
        var strategy: Manifest.Paginator.Strategy
        var firstPage: Int
    }

    init(_ order: PlanOrder) throws(Fault) {
        let (entry, manifest) = (order.entry, order.manifest)
        var values = try order.values()
        let since = try Self.since(order, values)
        paging = try Self.paging(manifest.paginator, values)
        if paging.strategy == .none { values.run["page_size"] = .some(nil) }
        values.run["since"] = .some(since?.value)
        values.run["since_parameter"] = .some(since?.parameter)
        answer = try AnswerPlan(order, values)

        isConditional = values.flag(manifest.conditional) && paging.strategy == .none && entry.delivery == .snapshot
        let known = isConditional && order.version != nil && order.watermark?.version == order.version
        requests = RequestPlan(
            requester: manifest.requester, values: values, system: order.system,
            authenticator: try Authenticator(order.system.credential, secrets: order.secrets),
            accept: manifest.format == .json ? "application/json" : "application/xml, text/xml",
            etag: known ? order.watermark?.etag : nil, lastModified: known ? order.watermark?.lastModified : nil)
    }

    /// The first page, or the one that a run was interrupted on.
    ///
    /// - Throws: `run.wrong-state` where the position was written for another way of paging.
    func walk(from position: Position) throws(Fault) -> PageWalk {
        try PageWalk(strategy: paging.strategy, firstPage: paging.firstPage, from: position)
    }

    private static func paging(
        _ paginator: Manifest.Paginator, _ values: TemplateValues
    ) throws(Fault) -> Paging {
        let strategy: Manifest.Paginator.Strategy = try values.choice(paginator.strategy, of: "paging") ?? .none
        if strategy == .cursor, paginator.cursor.flatMap({ values.text($0) }) == nil {
            throw SourcePlan.misfit("paging by cursor needs the cursor's path", advice: "Give cursor_path.")
        }
        return Paging(
            strategy: strategy, firstPage: paginator.firstPage.flatMap { values.text($0) }.flatMap { Int($0) } ?? 1)
    }

    /// The time that changes are asked from, as the source wants it; nil where everything is asked for.
    private static func since(
        _ order: PlanOrder, _ values: TemplateValues
    ) throws(Fault) -> (parameter: String, value: String)? {
        guard !order.isSnapshot, case .delta(let delta) = order.entry.delivery, let since = order.watermark?.since
        else { return nil }
        let format: Manifest.IncrementalSync.Format =
            try values.choice(order.manifest.incrementalSync.format, of: "format of times") ?? .rfc3339
        // A source may count its changes instead of dating them: then the number is asked for as it came.
        guard var moment = SourceTime(normal: since) else { return (delta.parameter, since) }
        moment.epoch -= Int(delta.lookBack)
        return (delta.parameter, moment.text(format))
    }
}
