import Model
import Transport

/// How a page's request is written.
struct RequestPlan: Sendable {
    let system: SourceSystem
    let authenticator: Authenticator
    let etag: String?
    let lastModified: String?
    /// Whether a request of its own asks for the total.
    let asksForTotal: Bool
    private let requester: Manifest.Requester
    private let laterQuery: [Manifest.Item]
    private let totalQuery: [Manifest.Item]
    private let place: Manifest.Requester.Place
    private let values: TemplateValues
    private let accept: String
    private let readableStatuses: Set<Int>

    /// - Throws: `catalogue.adapter-invalid` and `settings.credential-missing`.
    init(_ order: PlanOrder, _ values: TemplateValues, watermark: Watermark?) throws(Fault) {
        let manifest = order.manifest
        system = order.system
        self.values = values
        requester = manifest.requester
        laterQuery = manifest.paginator.query
        totalQuery = manifest.completeness.query
        asksForTotal = !values.items(totalQuery).isEmpty
        place = try values.choice(manifest.requester.place, of: "place of query items") ?? .query
        authenticator = try Authenticator(order.system, secrets: order.secrets)
        accept =
            switch manifest.format {
            case .json: "application/json"
            case .xml: "application/xml, text/xml"
            case .csv: "text/csv"
            }
        etag = watermark?.etag
        lastModified = watermark?.lastModified
        readableStatuses = Set(values.list(manifest.errorHandler.statuses).compactMap { Int($0) })
    }

    /// Whether there is anything that "not modified" could refer to.
    var hasValidators: Bool { etag != nil || lastModified != nil }

    /// The request for a page.
    ///
    /// - Parameters:
    ///   - now: when the reading began, the same for all of its pages.
    ///   - isFresh: whether nothing of this run was read yet, so that "not modified" is an answer to the whole of it.
    ///   - proof: what proves who asks, made for this request.
    func request(_ page: PageWalk.Page, _ paging: Paging, isFresh: Bool, now: String, proof: Proof) -> Request {
        var values = values
        values.run["now"] = .some(now)
        values.run["page"] = .some(paging.strategy == .page ? page.mark : nil)
        values.run["offset"] = .some(paging.strategy == .offset ? String(page.before) : nil)
        values.run["cursor"] = .some([.cursor, .keyset].contains(paging.strategy) ? page.mark : nil)
        let isLater = (page.ordinal > 1 || (paging.isLed && page.mark != nil)) && !laterQuery.isEmpty
        let query = values.items(isLater ? laterQuery : requester.query)
        let address = paging.isAddressed ? page.mark : nil
        return request(query, at: address, values, isFresh: isFresh, proof: proof)
    }

    /// The request for the number of all records.
    func totalRequest(now: String, proof: Proof) -> Request {
        var values = values
        values.run["now"] = .some(now)
        for name in ["page", "offset", "cursor"] { values.run[name] = .some(nil) }
        let named = Set(totalQuery.compactMap { values.text($0.name) })
        let query = values.items(requester.query).filter { !named.contains($0.name) } + values.items(totalQuery)
        return request(query, at: nil, values, isFresh: false, proof: proof)
    }

    private func request(
        _ query: [(name: String, value: String)], at address: String?, _ values: TemplateValues, isFresh: Bool,
        proof: Proof
    ) -> Request {
        var values = values
        if let markup = proof.markup { values.markup["security"] = markup }
        var headers = values.items(requester.headers)
        if !headers.contains(where: { $0.name.lowercased() == "accept" }) { headers.append(("Accept", accept)) }
        var method = values.text(requester.method) ?? "GET"
        let body: String?
        var sent = address == nil ? query : []
        if place == .form {
            body = FormBody.text(sent)
            sent = []
            method = "POST"
            headers.append(("Content-Type", FormBody.mediaType))
        } else {
            let contentType = requester.contentType.flatMap { values.text($0) }
            body = requester.body.flatMap { values.body($0, escape: Escaping.within(contentType)) }
            if body != nil, let contentType { headers.append(("Content-Type", contentType)) }
        }
        if isFresh, let etag { headers.append(("If-None-Match", etag)) }
        if isFresh, let lastModified { headers.append(("If-Modified-Since", lastModified)) }
        let url = RequestAddress(address ?? self.address(values)).with(sent).replacing(with: proof.query)
        return Request(
            method: method, url: url.text, headers: headers + proof.headers, body: body.map { Array($0.utf8) },
            tls: authenticator.tls, allowedHosts: Set(system.hosts),
            pace: Pace(system: system.name, requestsPerSecond: system.rate, concurrency: system.concurrency),
            isIdempotent: true, readableStatuses: readableStatuses)
    }

    /// The base address and the path; a query that is part of the path stays as it is written.
    private func address(_ values: TemplateValues) -> String {
        let template = values.text(requester.path, escape: Escaping.segments) ?? ""
        let parts = template.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        var path = parts.first.map(Escaping.path) ?? ""
        if !path.isEmpty, !path.hasPrefix("/") { path = "/" + path }
        return system.base + path + (parts.count > 1 && !parts[1].isEmpty ? "?" + parts[1] : "")
    }
}

/// An address whose query grows.
struct RequestAddress {
    private(set) var text: String

    init(_ text: String) { self.text = text }

    /// With more items at the end of its query.
    func with(_ items: [(name: String, value: String)]) -> RequestAddress {
        guard !items.isEmpty else { return self }
        let query = items.map { Escaping.query($0.name) + "=" + Escaping.query($0.value) }.joined(separator: "&")
        return RequestAddress(text + (text.contains("?") ? "&" : "?") + query)
    }

    /// With these items in place of those of their names: the address of a next page may repeat an old signature.
    func replacing(with items: [(name: String, value: String)]) -> RequestAddress {
        without(items.map(\.name)).with(items)
    }

    /// Without the items of these names.
    func without(_ items: [String]) -> RequestAddress {
        guard !items.isEmpty, let mark = text.firstIndex(of: "?") else { return self }
        let names = Set(items.map { Escaping.query($0) })
        let kept = text[text.index(after: mark)...].split(separator: "&").filter { item in
            !names.contains(String(item.prefix { $0 != "=" }))
        }
        let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
        return RequestAddress(text[..<mark] + query)
    }
}

/// Named items as the body of a form.
enum FormBody {
    static let mediaType = "application/x-www-form-urlencoded"

    static func text(_ items: [(name: String, value: String)]) -> String {
        items.map { Escaping.query($0.name) + "=" + Escaping.query($0.value) }.joined(separator: "&")
    }
}
