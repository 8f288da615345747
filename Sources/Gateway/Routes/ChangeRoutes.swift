import HTTPTypes
import Hummingbird
import Model
import Store

extension Answering {
    /// What changed after a revision: a caller that keeps `last` and `epoch` misses nothing.
    func changes(_ call: Call) async throws(Fault) -> Response {
        let state = try await state(of: call)
        let form = try RecordsForm(call, among: [.json, .ndjson], standard: .json)
        let after = try call.parameters["after"].map { text throws(Fault) in
            try ParameterText.whole(text, "after", from: 0)
        }
        let limit = try call.parameters["limit"].map(ParameterText.limit) ?? RecordQuery.standardLimit
        let found = try await store.changes(
            in: state.collection.name, after: Int64(after ?? 0), epoch: call.parameters["epoch"],
            limit: min(limit, RecordQuery.greatestLimit), disclosure: disclosure)

        var parameters = call.parameters
        parameters["after"] = String(found.last)
        parameters["epoch"] = found.epoch
        let next = Link(
            found.hasMore ? "next" : "monitor", call.address(parameters), type: form.representation.mediaType)
        let frame = PageFrame(form.representation, JSONRows(found.page.fields), list: "changes")
        var piece = PagePiece(frame)
        found.page.forEachRow(removed: found.removed) { piece.append($0) }
        var response = Response(status: .ok, headers: [.contentType: form.representation.mediaType])
        if form.representation.isOneDocument {
            let members: [(String, JSONValue)] = [
                ("last", .integer(found.last)), ("epoch", .string(found.epoch)), ("more", .boolean(found.hasMore)),
                ("numberReturned", .integer(Int64(piece.count))), ("timeStamp", timeStamp),
            ]
            frame.close([PageLink(next)], members, in: &piece.buffer)
        } else {
            response.headers[.link] = next.header
        }
        response.body = ResponseBody(byteBuffer: piece.buffer)
        response.headers[.cacheControl] = "no-cache"
        if form.representation == .ndjson {
            response.headers[.lastRevision] = String(found.last)
            response.headers[.epoch] = found.epoch
        }
        return response
    }
}

extension HTTPField.Name {
    static let lastRevision = HTTPField.Name("Huitong-Last") ?? .server
    static let epoch = HTTPField.Name("Huitong-Epoch") ?? .server
    static let nextCursor = HTTPField.Name("Huitong-Next-Cursor") ?? .server
}
