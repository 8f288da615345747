import Foundation
import Model
import Synchronization
import Testing
import Transport

@testable import AdapterEngine

@Suite("Tokens of who logs in")
struct LoginTests {
    /// A system that gives a token for a login, and does not accept the first ones for the second page.
    private final class Office: Sendable {
        let asked = Mutex<[String]>([])
        let login: String
        let loginStatus: Int
        let refusals: Int

        init(
            login: String = #"{"code": 0, "data": {"token": "t%", "life": 7200}}"#, loginStatus: Int = 200,
            refusals: Int = 1
        ) {
            self.login = login
            self.refusals = refusals
            self.loginStatus = loginStatus
        }

        func send(_ request: Request) throws(Fault) -> Response {
            let isLogin = request.url.contains("/login")
            let body = String(decoding: request.body ?? [], as: UTF8.self)
            let line = "\(request.method) \(request.url.dropFirst("http://core.test/api".count)) \(body)"
            let shown = request.header("X-Token") ?? request.header("Authorization") ?? "-"
            let number = asked.withLock { lines in
                lines.append(isLogin ? line : line + shown)
                return lines.filter { $0.contains("/login") }.count
            }
            let isOld = !isLogin && number <= refusals && line.contains("page=2")
            let answer =
                isLogin
                ? login.replacing("%", with: String(number))
                : isOld
                    ? #"{"code": 40014, "msg": "token invalid"}"#
                    : #"{"code": 0, "rows": [{"id": "\#(line.contains("page=2") ? 3 : 1)"}, {"id": "2"}], "total": 4}"#
            let status = isLogin ? loginStatus : 200
            return Response(
                head: ResponseHead(status: status, headers: Headers(), url: request.url),
                body: Body(chunks: [Array(answer.utf8)]),
                refusal: status < 400 ? nil : Fault(.sourceRefused, "status \(status)"))
        }
    }

    private static let login = Credential.Login(
        address: "http://core.test/api/login",
        items: [.init(name: "user", value: "exchange"), .init(name: "password", value: "{{secret}}")], secret: "key",
        token: "data.token", life: "data.life", name: "X-Token", prefix: "")

    private func read(_ office: Office, _ login: Credential.Login = login) async throws(Fault) -> Int {
        var manifest: Manifest
        let plan: SourcePlan
        do {
            manifest = try Fixture.manifest("http-json")
            manifest.errorHandler.expired = ["40014"]
            plan = try SourcePlan(
                entry: Fixture.entry(
                    [
                        "path": .text("/f"), "records": .text("rows"), "total_path": .text("total"),
                        "paging": .text("page"), "page_size": .number(2), "success_path": .text("code"),
                    ], columns: ["id"]),
                system: SourceSystem(
                    name: "core", title: "Core", base: "http://core.test/api", credential: .login(login)),
                manifest: manifest, secrets: Secrets { _ in #"s3"cret"# }, watermark: nil, snapshot: true)
        } catch {
            throw error as? Fault ?? Fault(.defect, "\(error)")
        }
        return try await SourceReading(now: { Fixture.now }, pause: { _ throws(Fault) in }).read(
            plan, from: Position(), send: { request throws(Fault) in try office.send(request) },
            emit: { _, _ throws(Fault) in }
        ).records
    }

    @Test("a token is asked for with JSON, and again where an answer says that it is not accepted")
    func renewal() async throws {
        let office = Office()
        #expect(try await read(office) == 4)
        let login = #"POST /login {"user": "exchange", "password": "s3\"cret"}"#
        #expect(
            office.asked.withLock { $0 } == [
                login, "GET /f?page=1&size=2 t1", "GET /f?page=2&size=2 t1", login, "GET /f?page=2&size=2 t2",
            ])
    }

    @Test("a token that is not accepted a second time fails the run")
    func refused() async {
        let office = Office(refusals: 2)
        let fault = await #expect(throws: Fault.self) { try await read(office) }
        #expect(fault?.code == .sourceUnauthorized)
        #expect(office.asked.withLock { $0 }.last == "GET /f?page=2&size=2 t2")
    }

    @Test("a token goes where the system wants it")
    func place() async throws {
        var login = Self.login
        (login.placement, login.name) = (.query, "token")
        let office = Office()
        #expect(try await read(office, login) == 4)
        #expect(office.asked.withLock { $0 }.last == "GET /f?page=2&size=2&token=t2 -")
        (login.placement, login.name, login.prefix) = (.header, "Authorization", "Token ")
        let other = Office()
        #expect(try await read(other, login) == 4)
        #expect(other.asked.withLock { $0 }.last == "GET /f?page=2&size=2 Token t2")
    }

    @Test("a login in the query or as a form")
    func forms() async throws {
        for (form, line) in [
            (Credential.Login.Form.query, "GET /login?user=exchange&password=s3%22cret "),
            (.form, "POST /login user=exchange&password=s3%22cret"),
        ] {
            var login = Self.login
            login.form = form
            let office = Office()
            #expect(try await read(office, login) == 4)
            #expect(office.asked.withLock { $0 }.first == line)
        }
    }

    @Test(
        "a login that gives no token says why, without the secret",
        arguments: [
            (#"{"code": 10014, "msg": "app secret invalid: s3\"cret"}"#, 200, "app secret invalid: ***"),
            (#"{"error": "invalid_client", "error_description": "未知客户端"}"#, 400, "未知客户端"),
            (#"{"data": {"token": "a b"}}"#, 200, "holds no data.token"), ("[]", 200, "our credentials"),
            ("<html/>", 403, "status 403"),
        ])
    func noToken(answer: String, status: Int, words: String) async {
        let fault = await #expect(throws: Fault.self) {
            try await read(Office(login: answer, loginStatus: status))
        }
        #expect(fault?.message.contains(words) == true, "\(String(describing: fault))")
    }
}
