import Hummingbird
import Model
import NIOCore
import Store

extension Answering {
    func items(_ call: Call) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let form = try form(of: call, for: state.collection)
        var asked = try ItemsRequest(call.parameters, of: state.collection, disclosure: disclosure)
        form.complete(&asked, of: state.collection, disclosure: disclosure)
        let plan = try QueryPlan(asked.query, over: state.collection, disclosure: disclosure)
        var tag = EntityTag(state)
        tag.add(call.base)
        tag.add(call.parameters.text)
        tag.add(form.representation.rawValue)
        if tag.matches(call.ifNoneMatch) { return Answering.notModified(tag) }

        let page = try await page(plan)
        var links: [(Link, JSONValue?)] = [
            (Link("self", call.address(), type: form.representation.mediaType), nil),
            (Link("collection", "\(call.base)/collections/\(state.collection.name)", type: "application/json"), nil),
        ]
        if let next = page.next {
            var parameters = call.parameters
            parameters["cursor"] = next.text
            links.insert((Link("next", call.address(parameters), type: form.representation.mediaType), nil), at: 1)
        }
        return revalidated(answer(page, form, links), tag)
    }

    /// The query of `items` in a body, so that identifiers stay out of URLs.
    func search(_ call: Call, _ request: Request) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let form = try form(of: call, for: state.collection)
        let body = try JSONDocument.decode(SearchBody.self, from: try await received(request))
        var asked = try ItemsRequest(body, of: state.collection, disclosure: disclosure)
        form.complete(&asked, of: state.collection, disclosure: disclosure)
        let page = try await page(try QueryPlan(asked.query, over: state.collection, disclosure: disclosure))
        var links: [(Link, JSONValue?)] = []
        if let next = page.next {
            let again: JSONValue = ["method": "POST", "body": body.continued(by: next.text)]
            links.append((Link("next", call.address(), type: form.representation.mediaType), again))
        }
        var response = answer(page, form, links)
        response.headers[.cacheControl] = "no-store"
        if form.representation == .ndjson || form.representation == .csv {
            response.headers[.link] = nil
            response.headers[.nextCursor] = page.next?.text
        }
        return response
    }

    private func received(_ request: Request) async throws(Fault) -> ByteBuffer {
        let limit = settings.bodyLimit
        let outcome: Result<ByteBuffer, Fault> = try await Deadline.within(seconds: settings.querySeconds) {
            do { return .success(try await request.body.collect(upTo: limit)) } catch {
                return .failure(Problem.fault(for: error))
            }
        }
        return try outcome.get()
    }

    func page(_ plan: QueryPlan) async throws(Fault) -> RecordPage {
        let store = store
        return try await Deadline.within(seconds: settings.querySeconds) { () async throws(Fault) in
            try await store.page(plan)
        }
    }

    private func answer(_ page: RecordPage, _ form: RecordsForm, _ links: [(Link, JSONValue?)]) -> Response {
        PageAnswer(
            page, as: form.representation, links: links,
            members: [("numberReturned", .integer(Int64(page.batch.count))), ("timeStamp", timeStamp)],
            isForExcel: form.isForExcel
        ).response
    }

    func form(of call: Call, for collection: Collection) throws(Fault) -> RecordsForm {
        try RecordsForm(call, standard: .standard(for: collection))
    }

    func revalidated(_ response: Response, _ tag: EntityTag) -> Response {
        var response = response
        response.headers[.eTag] = tag.text
        response.headers[.cacheControl] = "no-cache"
        return response
    }

    static func notModified(_ tag: EntityTag) -> Response {
        Response(status: .notModified, headers: [.eTag: tag.text, .cacheControl: "no-cache"])
    }
}

/// The form records are asked for in: a representation, and whether CSV is for Excel.
struct RecordsForm: Sendable {
    var representation: Representation
    var isForExcel: Bool

    init(
        _ call: Call, among offered: [Representation] = Representation.allCases, standard: Representation
    ) throws(Fault) {
        representation = try .choose(
            parameter: call.parameters["f"], accept: call.headers[.accept], among: offered, standard: standard)
        switch call.parameters["bom"] {
        case nil, "false": isForExcel = false
        case "true" where representation == .csv: isForExcel = true
        case "true": throw ParameterText.bad("bom", "goes with CSV only", expected: "f=csv beside it")
        default: throw ParameterText.bad("bom", "is neither true nor false", expected: "true or false")
        }
    }

    /// A feature has its geometry whichever properties were asked for.
    func complete(_ asked: inout ItemsRequest, of collection: Collection, disclosure: Disclosure) {
        guard representation == .geojson, var names = asked.query.properties,
            let place = collection.fields.first(where: {
                $0.type.isSpatial && disclosure.treatment(of: $0) != .absent
            }), !names.contains(place.name)
        else { return }
        names.append(place.name)
        asked.query.properties = names
    }
}
