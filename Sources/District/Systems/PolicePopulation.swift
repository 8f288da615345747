import Hummingbird

/// 公安 · residents as paged XML in GBK, for the bearer of a token; refusals come with status 200. Those beyond a network gap
/// get them as files.
struct PolicePopulation: DepartmentSystem {
    let residents: Desk
    let token: String
    /// Where files are delivered; nil for nowhere.
    var outbox: PopulationOutbox?
    /// Ticks from one delivery to the next.
    static let deliveryTicks = 12

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("residents") { request, _ in try await answer(request) }
        return router
    }

    func advance(tick: Int, now: Int) async {
        await residents.advance(to: now)
        // A delivery that fails is not made up for: the next one has everything.
        if tick % Self.deliveryTicks == 0 { try? await outbox?.deliver() }
    }

    private func answer(_ request: Request) async throws -> Response {
        guard request.headers[.authorization] == "Bearer " + token else { return try refusal("401", "未授权的访问") }
        guard let number = request.number("page", default: 1, in: 1...Int.max),
            let size = request.number("size", default: 100, in: 1...2000)
        else { return try refusal("400", "参数错误") }
        let page = await residents.page(number, of: size)
        let persons = page.rows.map { XMLText.element("Person", $0) }.joined(separator: "\n")
        return try Answer.xmlInGBK(
            "<Response>" + head(code: "0", message: "成功", total: page.total, page: number) + "<Persons>\n" + persons
                + "\n</Persons></Response>")
    }

    private func refusal(_ code: String, _ message: String) throws -> Response {
        try Answer.xmlInGBK("<Response>" + head(code: code, message: message, total: 0, page: 0) + "</Response>")
    }

    private func head(code: String, message: String, total: Int, page: Int) -> String {
        "<Head>" + XMLText.leaf("Code", code) + XMLText.leaf("Message", message) + XMLText.leaf("Total", "\(total)")
            + XMLText.leaf("Page", "\(page)") + "</Head>"
    }
}
