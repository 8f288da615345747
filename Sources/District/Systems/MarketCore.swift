import Crypto
import Hummingbird

/// 市场监管 · enterprises as paged JSON, for signed requests; code `"00"` is success, whatever the status.
struct MarketCore: DepartmentSystem {
    let enterprises: Desk
    let appKey: String
    let secret: String
    let clock: @Sendable () -> Int

    /// Seconds by which the asker's clock may differ.
    private static let tolerance = 300

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.get("enterprises") { request, _ in await answer(request) }
        return router
    }

    func advance(tick: Int, now: Int) async { await enterprises.advance(to: now) }

    private func answer(_ request: Request) async -> Response {
        guard isSigned(request) else { return Answer.json(#"{"code":"40101","msg":"签名错误"}"#) }
        guard let number = request.number("pageNo", default: 1, in: 1...Int.max),
            let size = request.number("pageSize", default: 100, in: 1...2000)
        else { return Answer.json(#"{"code":"40001","msg":"参数错误"}"#) }
        let page = await enterprises.page(number, of: size)
        return Answer.json(
            #"{"code":"00","msg":"成功","data":{"total":\#(page.total),"rows":\#(JSONText.array(page.rows))}}"#)
    }

    private func isSigned(_ request: Request) -> Bool {
        guard request.header("appKey") == appKey, let timestamp = request.header("timestamp"),
            timestamp.count == 14, let time = ChinaTime.seconds(timestamp), abs(clock() - time) <= Self.tolerance,
            let sign = request.header("sign")
        else { return false }
        return sign.lowercased() == Self.signature(appKey: appKey, secret: secret, timestamp: timestamp)
    }

    static func signature(appKey: String, secret: String, timestamp: String) -> String {
        SHA256.hash(data: Array((appKey + secret + timestamp).utf8))
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
