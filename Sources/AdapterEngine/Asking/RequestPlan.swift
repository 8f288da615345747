import Model
import Transport

/// How a page's request is written.
struct RequestPlan: Sendable {
    let requester: Manifest.Requester
    let values: TemplateValues
    let system: SourceSystem
    let authenticator: Authenticator
    let accept: String
    let etag: String?
    let lastModified: String?

    /// Whether there is anything that "not modified" could refer to.
    var hasValidators: Bool { etag != nil || lastModified != nil }

    /// The request for a page.
    ///
    /// - Parameter isFresh: whether nothing of this run was read yet, so that "not modified" is an answer to the whole of it.
    func request(_ page: PageWalk.Page, strategy: Manifest.Paginator.Strategy, isFresh: Bool, at now: SourceTime)
        -> Request
    {
        var values = values
        values.run["page"] = .some(strategy == .page ? page.mark : nil)
        values.run["offset"] = .some(strategy == .offset ? String(page.before) : nil)
        values.run["cursor"] = .some(strategy == .cursor ? page.mark : nil)

        let contentType = requester.contentType.flatMap { values.text($0) }
        let body = requester.body.flatMap { values.body($0, escape: Escaping.within(contentType)) }
        var query = values.items(requester.query)
        var headers = values.items(requester.headers)
        if !headers.contains(where: { $0.name.lowercased() == "accept" }) { headers.append(("Accept", accept)) }
        if body != nil, let contentType { headers.append(("Content-Type", contentType)) }
        if isFresh, let etag { headers.append(("If-None-Match", etag)) }
        if isFresh, let lastModified { headers.append(("If-Modified-Since", lastModified)) }
        authenticator.sign(query: &query, headers: &headers, at: now)
        return Request(
            method: values.text(requester.method) ?? "GET", url: url(values, query), headers: headers,
            body: body.map { Array($0.utf8) }, tls: authenticator.tls, allowedHosts: Set(system.hosts),
            pace: Pace(system: system.name, requestsPerSecond: system.rate, concurrency: system.concurrency),
            isIdempotent: true)
    }

    /// The base address, the path and the query; a query that is part of the path stays as it is written.
    private func url(_ values: TemplateValues, _ query: [(name: String, value: String)]) -> String {
        let template = values.text(requester.path, escape: Escaping.query) ?? ""
        let parts = template.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var path = parts.first.map(Escaping.path) ?? ""
        if !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
        var items = query.map { Escaping.query($0.name) + "=" + Escaping.query($0.value) }
        if parts.count > 1, !parts[1].isEmpty { items.insert(parts[1], at: 0) }
        return system.base + path + (items.isEmpty ? "" : "?" + items.joined(separator: "&"))
    }
}
