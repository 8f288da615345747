import Foundation
import HTTPTypes
import Synchronization
import Testing

/// An authorisation server with an interface behind it (RFC 6749, section 4.4; RFC 6750), over real HTTP.
@Suite struct TokenEndpointTests {
    private static let secret = "s3cret/of:the exchange+"

    /// Tokens that were issued, and the one that counts.
    private final class Authority: Sendable {
        private struct State {
            var issued: [String] = []
            var isRevoked = false
            var asked: [String] = []
        }
        private let state = Mutex(State())
        /// Seconds that a token is said to live.
        let life: Int
        /// Number of the page at which the token that was used so far is revoked, once.
        let revokesAt: Int?
        let acceptsNothing: Bool

        init(life: Int = 3600, revokesAt: Int? = nil, acceptsNothing: Bool = false) {
            self.life = life
            self.revokesAt = revokesAt
            self.acceptsNothing = acceptsNothing
        }

        var issued: Int { state.withLock { $0.issued.count } }
        var asked: [String] { state.withLock { $0.asked } }
        var tokens: [String] { state.withLock { $0.issued } }

        func answer(_ request: LoopbackSource.Asked) -> LoopbackSource.Answer {
            state.withLock { $0.asked.append("\(request.method) \(request.path) \(request.query["page"] ?? "")") }
            return request.path == "/token" ? token(request) : page(request)
        }

        /// Section 2.3.1: name and secret are encoded as in a form, then joined.
        private func token(_ request: LoopbackSource.Asked) -> LoopbackSource.Answer {
            let pair = "exchange:s3cret%2Fof%3Athe%20exchange%2B"
            let other = pair.replacing("%20", with: "+")
            let allowed = [pair, other].map { "Basic " + Data($0.utf8).base64EncodedString() }
            guard request.method == "POST", allowed.contains(request.headers[.authorization] ?? ""),
                request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") == true,
                Set(request.body.split(separator: "&")) == ["grant_type=client_credentials", "scope=read"]
            else { return LoopbackSource.Answer(#"{"error":"invalid_client"}"#, status: .unauthorized) }
            let token = "token-\(UUID().uuidString)"
            state.withLock { $0.issued.append(token) }
            return LoopbackSource.Answer(
                #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":\#(life),"scope":"read"}"#)
        }

        private func page(_ request: LoopbackSource.Asked) -> LoopbackSource.Answer {
            let page = request.query["page"].flatMap { Int($0) } ?? 0
            let isAccepted = state.withLock { state in
                if page == revokesAt, !state.isRevoked {
                    state.isRevoked = true
                    return false
                }
                return !acceptsNothing && request.headers[.authorization] == state.issued.last.map { "Bearer \($0)" }
            }
            guard isAccepted else {
                var answer = LoopbackSource.Answer(#"{"error":"invalid_token"}"#, status: .unauthorized)
                answer.headers[.wwwAuthenticate] = #"Bearer error="invalid_token""#
                return answer
            }
            let rows = (0..<10).map { #"{"id":"\#(page * 10 + $0)","name":"事项"}"# }
            return LoopbackSource.Answer(#"{"total":50,"rows":[\#(page <= 5 ? rows.joined(separator: ",") : "")]}"#)
        }
    }

    private static let entry = """
        entry: item
        title: 事项
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: http-json
          with: {path: /items, records: rows, total_path: total, paging: page, page_size: 10}
        delivers: snapshot
        key: [id]
        fields:
          id: {title: 编号}
          name: {title: 名称}
        """

    private static func exchange(_ base: String) throws -> ExchangeFolder {
        let exchange = try ExchangeFolder(
            base: base, entries: ["item": entry],
            system:
                "credential: {kind: oauth2, token_url: \"\(base)/token\", client: exchange, secret: office-client, scope: read}"
        )
        try exchange.write("secrets/office-client", secret + "\n")
        return exchange
    }

    /// Neither the secret nor a token is in anything that the exchange says or keeps.
    private static func isSilent(
        _ exchange: borrowing ExchangeFolder, _ outcome: ExchangeFolder.Outcome, _ tokens: [String]
    )
        throws -> Bool
    {
        var told = Data((outcome.output + outcome.complaints).utf8)
        let files = FileManager.default.enumerator(
            at: exchange.folder.appending(path: "huitong-data"), includingPropertiesForKeys: [.isRegularFileKey])
        while let file = files?.nextObject() as? URL {
            if try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true {
                told.append(try Data(contentsOf: file))
            }
        }
        return !told.isEmpty && ([secret] + tokens).allSatisfy { told.range(of: Data($0.utf8)) == nil }
    }

    @Test func aTokenThatIsRevokedInTheMiddleIsRenewedOnce() async throws {
        let authority = Authority(revokesAt: 3)
        try await LoopbackSource.serving(requests: { authority.answer($0) }) { base, _ in
            let exchange = try Self.exchange(base)
            let sync = try await exchange.run("sync", "item")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(try await exchange.records(of: "item").count == 50)
            #expect(authority.issued == 2)
            #expect(
                authority.asked == [
                    "POST /token ", "GET /items 1", "GET /items 2", "GET /items 3", "POST /token ", "GET /items 3",
                    "GET /items 4", "GET /items 5",
                ])
            let isSilent = try Self.isSilent(exchange, sync, authority.tokens)
            #expect(isSilent)
        }
    }

    @Test func aTokenIsNotUsedBeyondItsLife() async throws {
        let authority = Authority(life: 1)
        try await LoopbackSource.serving(requests: { authority.answer($0) }) { base, _ in
            let exchange = try Self.exchange(base)
            let sync = try await exchange.run("sync", "item")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            #expect(try await exchange.records(of: "item").count == 50)
            #expect(authority.issued == 5)
        }
    }

    @Test func aTokenThatIsNeverAcceptedEndsTheRun() async throws {
        let authority = Authority(acceptsNothing: true)
        try await LoopbackSource.serving(requests: { authority.answer($0) }) { base, _ in
            let exchange = try Self.exchange(base)
            let refused = try await exchange.run("sync", "item")
            #expect(refused.status == 1 && refused.complaints.contains("source.unauthorized"), "\(refused.complaints)")
            #expect(authority.issued == 2)
            #expect(try await exchange.records(of: "item").isEmpty)
            let isSilent = try Self.isSilent(exchange, refused, authority.tokens)
            #expect(isSilent)

            try exchange.write("secrets/office-client", "another\n")
            let unknown = try await exchange.run("sync", "item")
            #expect(unknown.status == 1 && unknown.complaints.contains("source.unauthorized"), "\(unknown.complaints)")
            #expect(authority.issued == 2)
        }
    }
}
