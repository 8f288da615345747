import Hummingbird

/// 资规 · addresses and borders as GeoJSON in EPSG:4547, borders with an `ETag`; real-estate units as JSON with polygons
/// as text in EPSG:4526. All are open to the district's network.
struct Land: DepartmentSystem {
    let addresses: Desk
    let boundaries: Desk
    let parcels: Desk

    private static let type = "application/geo+json"

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("addresses") { request, _ in await answerAddresses(request) }
        router.get("boundaries") { request, _ in await answerBoundaries(request) }
        router.get("parcels") { request, _ in await answerParcels(request) }
        return router
    }

    /// Borders are surveyed seldom: most of the time their validator holds.
    func advance(tick: Int, now: Int) async {
        await addresses.advance(to: now)
        await parcels.advance(to: now)
        if tick.isMultiple(of: 20) { await boundaries.advance(to: now) }
    }

    private func answerAddresses(_ request: Request) async -> Response {
        guard let number = request.number("page", default: 1, in: 1...Int.max),
            let size = request.number("limit", default: 100, in: 1...2000)
        else { return Answer.problem(.badRequest, "page 或 limit 不是数字") }
        let page = await addresses.page(number, of: size)
        return Answer.json(collection(page.rows.map(address), matched: page.total), type: Self.type)
    }

    private func answerBoundaries(_ request: Request) async -> Response {
        let tag = "\"boundaries-\(await boundaries.revision)\""
        if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: [.eTag: tag]) }
        let rows = await boundaries.rows
        var response = Answer.json(collection(rows.map(boundary), matched: rows.count), type: Self.type)
        response.headers[.eTag] = tag
        return response
    }

    private func answerParcels(_ request: Request) async -> Response {
        guard let number = request.number("page", default: 1, in: 1...Int.max),
            let size = request.number("limit", default: 100, in: 1...2000)
        else { return Answer.problem(.badRequest, "page 或 limit 不是数字") }
        let page = await parcels.page(number, of: size)
        return Answer.json(
            #"{"code":0,"msg":"查询成功","count":\#(page.total),"data":\#(JSONText.array(page.rows))}"#)
    }

    private func collection(_ features: [String], matched: Int) -> String {
        let crs = #"{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}"#
        return #"{"type":"FeatureCollection","crs":\#(crs),"numberMatched":\#(matched),"#
            + #""numberReturned":\#(features.count),"features":[\#(features.joined(separator: ",\n"))]}"#
    }

    private func address(_ row: Row) -> String {
        var geometry = "null"
        if let easting = row["X"], let northing = row["Y"] {
            geometry = #"{"type":"Point","coordinates":[\#(easting),\#(northing)]}"#
        }
        return feature(row, without: ["X", "Y"], geometry: geometry)
    }

    private func boundary(_ row: Row) -> String {
        feature(row, without: ["RING"], geometry: #"{"type":"Polygon","coordinates":[\#(row["RING"] ?? "")]}"#)
    }

    private func feature(_ row: Row, without hidden: [String], geometry: String) -> String {
        let properties = JSONText.object(row.columns.filter { !hidden.contains($0.name) })
        return #"{"type":"Feature","geometry":\#(geometry),"properties":\#(properties)}"#
    }
}
