import Foundation
import Model
import Parsing
import Transport

/// How an access token is asked for (RFC 6749, section 4.4: client credentials).
struct AccessTokenRequest: Sendable {
    private let client: Credential.Client
    private let system: SourceSystem
    private let secret: String

    /// - Throws: `catalogue.adapter-invalid` where the address is not one of the system's hosts.
    init(_ client: Credential.Client, system: SourceSystem, secret: String) throws(Fault) {
        self.client = client
        self.system = system
        self.secret = secret
        let host = try Location(client.address).host
        guard host == (try? Location(system.base))?.host || system.hosts.contains(host) else {
            throw SourcePlan.misfit(
                "the access token would be asked for at \(host), which is not one of the system's hosts",
                advice: "Add it to the system's hosts if it belongs to it.")
        }
    }

    func request() -> Request {
        var items = [(name: "grant_type", value: "client_credentials")]
        var headers = [(name: "Accept", value: "application/json"), (name: "Content-Type", value: FormBody.mediaType)]
        if let scope = client.scope { items.append(("scope", scope)) }
        switch client.placement {
        case .header:
            // RFC 6749, section 2.3.1: both are encoded as in a form before they are joined.
            let pair = Authenticator.basic(Escaping.query(client.name), Escaping.query(secret))
            headers.append(("Authorization", pair))
        case .body: items += [("client_id", client.name), ("client_secret", secret)]
        }
        return Request(
            method: "POST", url: client.address, headers: headers, body: Array(FormBody.text(items).utf8),
            allowedHosts: Set(system.hosts),
            pace: Pace(system: system.name, requestsPerSecond: system.rate, concurrency: system.concurrency),
            isIdempotent: true)
    }
}

/// The access token of one reading: asked for when it is first needed, and again before it expires.
struct AccessTokens {
    private let order: AccessTokenRequest?
    private var token: String?
    private var expiry = Date.distantPast

    /// Seconds before its end from which a token is no longer used: a page may be long.
    private static let margin = 30.0
    /// RFC 6749, section 5.1 recommends to say how long a token lives; who does not gets asked again after this.
    private static let standardLife = 300.0

    init(_ order: AccessTokenRequest?) { self.order = order }

    /// Whether another token could help where this one was not accepted.
    var canRenew: Bool { token != nil }
    /// The token that requests carry now, which no log may have.
    var secrets: [String] { token.map { [$0] } ?? [] }

    /// Makes the next request ask for a new token.
    mutating func forget() { token = nil }

    /// A token that is good for now; nil where none is needed.
    ///
    /// - Throws: what `send` throws, and `source.unauthorized` for an answer without a token.
    mutating func token(
        at now: Date, send: (Request) async throws(Fault) -> Response
    ) async throws(Fault) -> String? {
        guard let order else { return nil }
        if let token, now < expiry { return token }
        let body = try await send(order.request()).body.bytes(limit: 1 << 20)
        guard let (fresh, life) = try Self.read(body) else {
            throw Fault(
                .sourceUnauthorized, "the answer to our credentials holds no access_token",
                advice: "Compare the credential's address, client and scope with the interface's manual.")
        }
        token = fresh
        expiry = now.addingTimeInterval(max(0, (life ?? Self.standardLife) - Self.margin))
        return fresh
    }

    private static func read(_ body: [UInt8]) throws(Fault) -> (token: String, life: Double?)? {
        let paths = try ["access_token", "expires_in"].map { name throws(Fault) in
            try PathReader(format: .json, namespaces: [:]).path(name)
        }
        let parser = try makeParser(
            ParseSpecification(format: .json, records: .jsonDocument, columns: paths), page: 1)
        var batch = RawBatch(columns: 2)
        try parser.feed(body, into: &batch)
        _ = try parser.finish(into: &batch)
        guard batch.count == 1, let token = batch.string(0, 0), !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 })
        else { return nil }
        return (token, batch.string(0, 1).flatMap { Double($0) })
    }
}
