import FoundationEssentials
import Hummingbird

/// 行政审批 · electronic licences as nested JSON, asked by POST with user and password; dates are month, day, year.
struct ELicence: DepartmentSystem {
    let certificates: Desk
    let user: String
    let password: String

    /// The query, as it is posted.
    private struct Query: Decodable {
        let pageNum: Int
        let pageSize: Int
    }

    func routes() -> Router<BasicRequestContext> {
        let router = Router()
        router.post("certificates/query") { request, _ in try await answer(request) }
        return router
    }

    func advance(tick: Int, now: Int) async { await certificates.advance(to: now) }

    private func answer(_ request: Request) async throws -> Response {
        let login = Data("\(user):\(password)".utf8).base64EncodedString()
        guard request.headers[.authorization] == "Basic " + login else {
            return Answer.problem(.unauthorized, "用户名或密码错误")
        }
        let body = try await request.body.collect(upTo: 65_536)
        guard let query = try? JSONDecoder().decode(Query.self, from: Data(body.readableBytesView)),
            query.pageNum >= 1, (1...2000).contains(query.pageSize)
        else { return Answer.json(#"{"status":"error","message":"请求报文有误","result":null}"#) }
        let page = await certificates.page(query.pageNum, of: query.pageSize)
        let items = page.rows.map(certificate).joined(separator: ",\n")
        return Answer.json(
            #"{"status":"success","message":"","result":{"count":\#(page.total),"certificates":[\#(items)]}}"#)
    }

    /// One licence: what it is, and below that its holder, issuer, term, state and file.
    private func certificate(_ row: Row) -> String {
        let parts: [(String, [(String, String)])] = [
            ("holder", [("name", "HOLDER"), ("codeType", "HOLDER_CODE_TYPE")]),
            ("issuer", [("name", "ISSUER"), ("code", "ISSUER_CODE")]),
            ("term", [("issued", "ISSUED"), ("effective", "EFFECTIVE"), ("expires", "EXPIRES")]),
            ("state", [("code", "STATUS"), ("invalidReason", "REASON")]),
            ("file", [("sm3", "SM3")]),
        ]
        var members = Self.members(
            [("identifier", "IDENTIFIER"), ("typeCode", "TYPE"), ("name", "NAME"), ("number", "NUMBER")], of: row)
        for (name, columns) in parts {
            var inner = Self.members(columns, of: row)
            if name == "holder" { inner.append(Self.holderCode(row)) }
            members.append("\"\(name)\":{\(inner.joined(separator: ","))}")
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// An organisation has a credit code, a person an id.
    private static func holderCode(_ row: Row) -> String {
        if row["HOLDER_CREDIT_CODE"] != nil {
            return "\"organization\":{\(members([("creditCode", "HOLDER_CREDIT_CODE")], of: row).joined())}"
        }
        return "\"person\":{\(members([("idNumber", "HOLDER_CITIZEN_ID")], of: row).joined())}"
    }

    private static func members(_ names: [(String, String)], of row: Row) -> [String] {
        names.compactMap { name, column in
            row.columns.first { $0.name == column }.map { "\"\(name)\":\(JSONText.value($0.cell))" }
        }
    }
}
