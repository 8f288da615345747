import HTTPTypes
import Hummingbird
import Model
import NIOCore
import Store

extension Answering {
    func items(_ call: Call) async throws(Fault) -> Response {
        try await store.read(try call.captured("collection"), within: settings.querySeconds) {
            reader throws(Fault) -> Response in
            let state = reader.state
            let collection = state.collection
            let forms = shelf.forms(for: state, reader.identity, disclosure)
            let form = try RecordsForm(call, standard: forms.standard)
            let asked = try ItemsRequest(call.parameters, of: collection, disclosure: disclosure)
            let plan = try plan(asked, form, over: collection)
            var tag = forms.tag
            tag.add(state)
            tag.add(call, form)
            if tag.matches(call.ifNoneMatch) { return Answering.notModified(tag) }
            let answer = answer(plan, form, forms, call) { next in pageLinks(call, form, collection, next) }
            return revalidated(try answer.response(from: reader), tag)
        }
    }

    private func pageLinks(
        _ call: Call, _ form: RecordsForm, _ collection: Collection, _ next: PageCursor?
    ) -> [PageLink] {
        let type = form.representation.mediaType
        var links = [PageLink(Link("self", call.address(), type: type))]
        if let next {
            var parameters = call.parameters
            parameters["cursor"] = next.text
            links.append(PageLink(Link("next", call.address(parameters), type: type)))
        }
        let address = "\(call.base)/collections/\(collection.name)"
        return links + [PageLink(Link("collection", address, type: "application/json"))]
    }

    /// The query of `items` in a body, so that identifiers stay out of URLs.
    func search(_ call: Call, _ request: Request) async throws(Fault) -> Response {
        let collection = try call.captured("collection")
        // What is wrong with the address is told before the body is waited for.
        let standard = try store.readAtOnce(collection) { reader in
            Representation.standard(for: reader.state.collection)
        }
        let form = try RecordsForm(call, standard: standard)
        let body = try JSONDocument.decode(SearchBody.self, from: try await received(request))
        var response = try await store.read(collection, within: settings.querySeconds) {
            reader throws(Fault) -> Response in
            let state = reader.state
            let collection = state.collection
            let asked = try ItemsRequest(body, of: collection, disclosure: disclosure)
            let plan = try plan(asked, form, over: collection)
            var answer = answer(plan, form, shelf.forms(for: state, reader.identity, disclosure), call) { next in
                next.map { [Answering.searchLink(call, form, body, $0)] } ?? []
            }
            // A link cannot say what to send: lines tell the cursor alone.
            answer.tellsCursor = true
            return try answer.response(from: reader)
        }
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private static func searchLink(
        _ call: Call, _ form: RecordsForm, _ body: SearchBody, _ next: PageCursor
    ) -> PageLink {
        PageLink(
            Link("next", call.address(), type: form.representation.mediaType),
            ["method": "POST", "body": body.continued(by: next.text)])
    }

    private func received(_ request: Request) async throws(Fault) -> ByteBuffer {
        let limit = settings.bodyLimit
        let late = Fault(
            .requestTimeout, "the request's body did not come in time", advice: "Send the request at once.")
        let outcome: Result<ByteBuffer, Fault> = try await Deadline.within(
            seconds: Double(settings.bodySeconds), orElse: late
        ) {
            do { return .success(try await request.body.collect(upTo: limit)) } catch {
                return .failure(Problem.fault(for: error))
            }
        }
        return try outcome.get()
    }

    private func plan(
        _ asked: ItemsRequest, _ form: RecordsForm, over collection: Collection
    ) throws(Fault) -> QueryPlan {
        var asked = asked
        form.complete(&asked, of: collection, disclosure: disclosure)
        return try QueryPlan(
            asked.query, over: collection, disclosure: disclosure,
            greatestLimit: form.representation.isOneDocument
                ? RecordQuery.greatestLimit : RecordQuery.greatestLineLimit)
    }

    private func answer(
        _ plan: QueryPlan, _ form: RecordsForm, _ forms: PreparedForms, _ call: Call,
        _ links: @escaping @Sendable (PageCursor?) -> [PageLink]
    ) -> PageAnswer {
        let fields = plan.columns.map { plan.collection.fields[$0] }
        return PageAnswer(
            frame: fields.count == forms.fields.count && fields == forms.fields
                ? forms.frame(form) : PreparedForms.frame(form, fields),
            plan: plan, links: links, timeStamp: timeStamp,
            limits: PageAnswer.Limits(
                querySeconds: settings.querySeconds, streamSeconds: settings.streamSeconds, channel: call.channel))
    }

    func revalidated(_ response: Response, _ tag: EntityTag) -> Response {
        var response = response
        response.headers.append(HTTPField(name: .eTag, value: tag.text))
        response.headers.append(HTTPField(name: .cacheControl, value: "no-cache"))
        return response
    }

    static func notModified(_ tag: EntityTag) -> Response {
        Response(status: .notModified, headers: [.eTag: tag.text, .cacheControl: "no-cache"])
    }
}
