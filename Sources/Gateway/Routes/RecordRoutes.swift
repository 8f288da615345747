import Hummingbird
import Model
import Store

extension Answering {
    /// One record: read and written on the event loop that its caller's connection belongs to.
    func item(_ call: Call) throws(Fault) -> Response {
        let id = try call.captured("id")
        return try store.readAtOnce(try call.captured("collection")) { reader throws(Fault) -> Response in
            let state = reader.state
            let forms = shelf.forms(for: state, reader.identity, disclosure)
            let form = try RecordsForm(call, standard: forms.standard)
            let columns = try columns(call, form, state.collection)
            let frame = columns.map { columns in
                PreparedForms.frame(form, columns.map { state.collection.fields[$0] })
            }
            var response: Response?
            _ = try reader.record(id, columns: columns, disclosure: disclosure) { row in
                var tag = forms.tag
                tag.add(row.envelope, epoch: state.epoch)
                tag.add(call, form)
                guard !tag.matches(call.ifNoneMatch) else { return response = Answering.notModified(tag) }
                let answer = RecordAnswer(frame ?? forms.frame(form), recordLinks(call, form, state))
                response = revalidated(answer.response(row), tag)
            }
            guard let response else { throw Answering.noRecord }
            return response
        }
    }

    private func recordLinks(_ call: Call, _ form: RecordsForm, _ state: CollectionState) -> [Link] {
        let address = call.base + call.path
        return [
            Link("self", call.address(), type: form.representation.mediaType),
            Link("collection", "\(call.base)/collections/\(state.collection.name)", type: "application/json"),
            Link("version-history", address + "/history", type: "application/json"),
            Link("provenance", address + "/provenance", type: "application/json"),
        ]
    }

    /// The columns that `properties` names, in its order; nil for all.
    private func columns(_ call: Call, _ form: RecordsForm, _ collection: Collection) throws(Fault) -> [Int]? {
        guard call.parameters["properties"] != nil else { return nil }
        let wanted = QueryString(items: call.parameters.items.filter { $0.name == "properties" })
        var asked = try ItemsRequest(wanted, of: collection, disclosure: disclosure)
        form.complete(&asked, of: collection, disclosure: disclosure)
        return try QueryPlan(asked.query, over: collection, disclosure: disclosure).columns
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
        let rows = JSONRows(version.page.fields, extras: extras)
        version.page.forEachRow(0..<min(1, version.page.batch.count)) { rows.append($0, to: &buffer) }
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
struct RecordAnswer {
    private let frame: PageFrame
    private let links: [Link]

    init(_ frame: PageFrame, _ links: [Link]) {
        self.frame = frame
        self.links = links
    }

    func response(_ row: RecordRow) -> Response {
        var headers: HTTPFields = [.contentType: frame.representation.mediaType]
        var buffer = ByteBuffer()
        if frame.representation.isOneDocument {
            writeObject(row, to: &buffer)
        } else {
            var piece = PagePiece(frame)
            piece.append(row)
            buffer = piece.buffer
            headers[.link] = links.map(\.header).joined(separator: ", ")
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: buffer))
    }

    /// The record's own object with the links as its last member.
    private func writeObject(_ row: RecordRow, to buffer: inout ByteBuffer) {
        frame.form.append(row, to: &buffer)
        buffer.moveWriterIndex(to: buffer.writerIndex - 1)
        buffer.writeString(frame.representation == .json ? #","_links":["# : #","links":["#)
        for (index, link) in links.enumerated() {
            if index > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
            link.write(to: &buffer)
        }
        buffer.writeString("]}")
    }
}
