import Model
import Transport

/// How an access token is asked for, where it is in the answer, and how requests carry it.
struct AccessTokenRequest: Sendable {
    /// JSON paths into the answer.
    let token: String
    let life: String?
    /// Where the token goes in requests.
    let place: Credential.Placement
    let name: String
    private let prefix: String
    /// What asks for the token.
    let request: Request

    /// As RFC 6749, section 4.4 has it: client credentials.
    ///
    /// - Throws: `catalogue.adapter-invalid` where the address is not one of the system's hosts.
    init(_ client: Credential.Client, system: SourceSystem, secret: String) throws(Fault) {
        (token, life) = ("access_token", "expires_in")
        (place, name, prefix) = (.header, "Authorization", "Bearer ")
        var items = [(name: "grant_type", value: "client_credentials")]
        var headers = [(name: "Content-Type", value: FormBody.mediaType)]
        if let scope = client.scope { items.append(("scope", scope)) }
        switch client.placement {
        case .header:
            // RFC 6749, section 2.3.1: both are encoded as in a form before they are joined.
            let pair = Authenticator.basic(Escaping.query(client.name), Escaping.query(secret))
            headers.append(("Authorization", pair))
        case .body: items += [("client_id", client.name), ("client_secret", secret)]
        }
        request = try Self.request(
            client.address, method: "POST", headers: headers, body: FormBody.text(items), system: system)
    }

    /// As the system has it.
    ///
    /// - Throws: as above.
    init(_ login: Credential.Login, system: SourceSystem, secret: String) throws(Fault) {
        (token, life) = (login.token, login.life)
        (place, name, prefix) = (login.placement, login.name, login.prefix)
        let values = TemplateValues(parameters: [:], run: ["secret": secret])
        let items = values.items(login.items)
        switch login.form {
        case .query:
            request = try Self.request(
                RequestAddress(login.address).with(items).text, method: "GET", headers: [], body: nil, system: system)
        case .form:
            request = try Self.request(
                login.address, method: "POST", headers: [("Content-Type", FormBody.mediaType)],
                body: FormBody.text(items), system: system)
        case .json:
            let members = items.map { "\"\(Escaping.json($0.name))\": \"\(Escaping.json($0.value))\"" }
            request = try Self.request(
                login.address, method: "POST", headers: [("Content-Type", "application/json; charset=utf-8")],
                body: "{" + members.joined(separator: ", ") + "}", system: system)
        }
    }

    private static func request(
        _ address: String, method: String, headers: [(name: String, value: String)], body: String?,
        system: SourceSystem
    ) throws(Fault) -> Request {
        let host = try Location(address).host
        guard host == (try? Location(system.base))?.host || system.hosts.contains(host) else {
            throw SourcePlan.misfit(
                "the access token would be asked for at \(host), which is not one of the system's hosts",
                advice: "Add it to the system's hosts if it belongs to it.")
        }
        return Request(
            method: method, url: address, headers: [("Accept", "application/json")] + headers,
            body: body.map { Array($0.utf8) }, allowedHosts: Set(system.hosts),
            pace: Pace(system: system.name, requestsPerSecond: system.rate, concurrency: system.concurrency),
            isIdempotent: true, readableStatuses: [400, 401, 403])
    }

    /// What a request carries with this token.
    func proof(_ token: String) -> Proof { Proof([(name, prefix + token)], in: place) }
}
