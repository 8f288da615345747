import Hummingbird

/// 发改 · penalties and licences as paged XML, as the double publicity (双公示) has them, some in its former layout.
struct Credit: DepartmentSystem {
    let penalties: Desk
    let licences: Desk

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("penalties") { request, _ in await answer(request, from: penalties) }
        router.get("licences") { request, _ in await answer(request, from: licences) }
        return router
    }

    func advance(tick: Int, now: Int) async {
        await penalties.advance(to: now)
        await licences.advance(to: now)
    }

    private func answer(_ request: Request, from desk: Desk) async -> Response {
        guard let number = request.number("page", default: 1, in: 1...Int.max),
            let size = request.number("size", default: 100, in: 1...2000)
        else { return Answer.problem(.badRequest, "page 或 size 不是数字") }
        let page = await desk.page(number, of: size)
        let records = page.rows.map { XMLText.element("record", $0) }.joined(separator: "\n")
        return Answer.xml(
            "<root>" + XMLText.leaf("code", "200") + XMLText.leaf("total", "\(page.total)") + "<data>\n" + records
                + "\n</data></root>")
    }
}
