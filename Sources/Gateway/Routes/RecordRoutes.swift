import Hummingbird
import Model
import Store

extension Answering {
    func item(_ call: Call) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let form = try form(of: call, for: state.collection)
        guard
            let found = try await store.record(
                try call.captured("id"), in: state.collection.name, disclosure: disclosure),
            let envelope = found.envelopes.first
        else { throw Answering.noRecord }
        var tag = EntityTag(envelope, of: state.collection, epoch: state.epoch)
        tag.add(call.base)
        tag.add(call.parameters.text)
        tag.add(form.representation.rawValue)
        if tag.matches(call.ifNoneMatch) { return Answering.notModified(tag) }

        let page = try chosen(found, call, form, state.collection)
        let links = [
            Link("self", call.address(), type: form.representation.mediaType),
            Link("collection", "\(call.base)/collections/\(state.collection.name)", type: "application/json"),
            Link("version-history", call.base + call.path + "/history", type: "application/json"),
            Link("provenance", call.base + call.path + "/provenance", type: "application/json"),
        ]
        return revalidated(OneRecord(page, form, links).response, tag)
    }

    /// The columns that `properties` names, in its order.
    private func chosen(
        _ page: RecordPage, _ call: Call, _ form: RecordsForm, _ collection: Collection
    ) throws(Fault) -> RecordPage {
        guard call.parameters["properties"] != nil else { return page }
        var wanted = QueryString(items: call.parameters.items.filter { $0.name == "properties" })
        wanted["limit"] = "1"
        var asked = try ItemsRequest(wanted, of: collection, disclosure: disclosure)
        form.complete(&asked, of: collection, disclosure: disclosure)
        let plan = try QueryPlan(asked.query, over: collection, disclosure: disclosure)
        let columns = plan.columns.compactMap { column in
            page.fields.firstIndex { $0.name == collection.fields[column].name }
        }
        var batch = RecordBatch(columns: columns.count)
        batch.bytes = page.batch.bytes
        batch.heads = page.batch.heads
        for record in 0..<page.batch.count { batch.cells += columns.map { page.batch.cell(record, $0) } }
        return RecordPage(fields: columns.map { page.fields[$0] }, batch: batch, envelopes: page.envelopes)
    }

    func history(_ call: Call) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let id = try call.captured("id")
        let versions = try await store.history(of: id, in: state.collection.name, disclosure: disclosure)
        guard !versions.isEmpty else { throw Answering.noRecord }
        let document: JSONValue = [
            "id": .string(id),
            "versions": .array(versions.map(Answering.version)),
            "links": [
                Link("self", call.address(), type: "application/json").json,
                Link("item", call.base + String(call.path.dropLast("/history".count))).json,
            ],
            "timeStamp": timeStamp,
        ]
        return Response(document.buffer)
    }

    /// A version as a row with the time it was valid.
    private static func version(_ version: RecordVersion) -> JSONValue {
        let extras: [(String, JSONValue)] = [
            ("_validFrom", .string(version.validFrom)), ("_validTo", .optional(version.validTo)),
            ("_removed", .boolean(version.isRemoval)),
        ]
        var buffer = ByteBuffer()
        JSONRows(version.page.fields, extras: extras)
            .append(0..<min(1, version.page.batch.count), of: version.page, separator: [], isFirst: true, to: &buffer)
        return version.page.batch.count == 0 ? .object(extras) : .raw(Array(buffer.readableBytesView))
    }

    func provenance(_ call: Call) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let id = try call.captured("id")
        guard let origins = try await store.provenance(of: id, in: state.collection.name) else {
            throw Answering.noRecord
        }
        let visible = state.collection.fields.filter { disclosure.treatment(of: $0) != .absent }.map(\.name)
        let document: JSONValue = [
            "id": .string(id),
            "values": .array(origins.filter { visible.contains($0.field) }.map(Answering.origin)),
            "links": [
                Link("self", call.address(), type: "application/json").json,
                Link("item", call.base + String(call.path.dropLast("/provenance".count))).json,
            ],
            "timeStamp": timeStamp,
        ]
        return Response(document.buffer)
    }

    private static func origin(_ origin: ValueOrigin) -> JSONValue {
        .present([
            ("field", .string(origin.field)),
            ("entry", .string(origin.entry)),
            ("sourceField", .string(origin.sourceField)),
            ("original", origin.original.map { .string($0) }),
            ("record", .string(origin.record)),
            ("run", .integer(origin.run)),
            (
                "locator",
                origin.locator.map { ["page": .integer(Int64($0.page)), "record": .integer(Int64($0.record))] }
            ),
            ("revision", .integer(origin.revision)),
            ("publishedAt", .string(origin.publishedAt)),
        ])
    }

    private static var noRecord: Fault {
        Fault(
            .notFound, "the collection has no such record",
            advice: "Its id is the _id that items gives; …/changes tells of records that were removed.")
    }
}

/// One record in the form that was asked for: a feature, an object, or a list of one.
struct OneRecord {
    private let page: RecordPage
    private let form: RecordsForm
    private let links: [Link]

    init(_ page: RecordPage, _ form: RecordsForm, _ links: [Link]) {
        self.page = page
        self.form = form
        self.links = links
    }

    var response: Response {
        switch form.representation {
        case .json: object(JSONRows(page.fields))
        case .geojson: object(GeoJSONFeatures(page.fields))
        case .ndjson, .csv:
            PageAnswer(
                page, as: form.representation, links: links.map { ($0, nil) }, members: [], isForExcel: form.isForExcel
            ).response
        }
    }

    /// The record's own object with the links as its last member.
    private func object(_ rows: some RecordForm) -> Response {
        var buffer = ByteBuffer()
        rows.append(0..<1, of: page, separator: [], isFirst: true, to: &buffer)
        buffer.moveWriterIndex(to: buffer.writerIndex - 1)
        var tail = Array((form.representation == .json ? #","_links":"# : #","links":"#).utf8)
        JSONValue.array(links.map(\.json)).write(to: &tail)
        tail.append(UInt8(ascii: "}"))
        buffer.writeBytes(tail)
        return Response(buffer, as: form.representation.mediaType)
    }
}
