import FoundationEssentials
import Hummingbird

/// 农业农村 · collectives as JSON behind an API key: all of them, or what changed since a time, with flagged removals.
struct RuralCollective: DepartmentSystem {
    let collectives: Desk
    let key: String

    private static let pageSize = 500

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("collectives") { request, _ in await answer(request) }
        return router
    }

    func advance(tick: Int, now: Int) async { await collectives.advance(to: now) }

    private func answer(_ request: Request) async -> Response {
        guard request.header("X-API-Key") == key else { return Answer.problem(.unauthorized, "X-API-Key 无效") }
        var since: String?
        if let text = request.uri.queryParameters["updated_since"], !text.isEmpty {
            guard let seconds = ChinaTime.seconds(String(text)) else {
                return Answer.problem(.badRequest, "updated_since 不是时间")
            }
            since = ChinaTime.text(seconds)
        }
        var after: Place?
        if let text = request.uri.queryParameters["cursor"], !text.isEmpty {
            guard let place = Place(cursor: String(text)) else { return Answer.problem(.badRequest, "cursor 无效") }
            after = place
        }
        return page(of: await collectives.rows, since: since, after: after)
    }

    /// Records go in the order of their last change, so that what changes while someone pages comes again at the end.
    private func page(of rows: [Row], since: String?, after: Place?) -> Response {
        let listed = rows.filter { row in
            guard let since else { return row["SCBZ"] != "1" }
            return (row["GXSJ"] ?? "") >= since
        }
        let rest = listed.map { (place: Place($0), row: $0) }.sorted { $0.place < $1.place }
            .drop { entry in after.map { entry.place <= $0 } ?? false }
        let page = rest.prefix(Self.pageSize)
        let next = rest.count > page.count ? page.last?.place.cursor : nil
        return Answer.json(
            "{\"items\":\(JSONText.array(page.map(\.row))),\"next\":\(next.map(JSONText.string) ?? "null")}")
    }

    /// A record's place in the listing, and the cursor that says so.
    struct Place: Comparable {
        let time: String
        let serial: Int

        init(_ row: Row) {
            time = row["GXSJ"] ?? ""
            serial = row.serial
        }

        init?(cursor: String) {
            guard let data = Data(base64Encoded: cursor) else { return nil }
            let parts = String(decoding: data, as: UTF8.self).split(separator: "|")
            guard parts.count == 2, let serial = Int(parts[1]) else { return nil }
            time = String(parts[0])
            self.serial = serial
        }

        var cursor: String { Data("\(time)|\(Identifiers.padded(serial, 7))".utf8).base64EncodedString() }

        static func < (left: Place, right: Place) -> Bool {
            (left.time, left.serial) < (right.time, right.serial)
        }
    }
}
