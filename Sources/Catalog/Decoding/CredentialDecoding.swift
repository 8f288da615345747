import Model

/// How a system knows us: each kind has its own keys, and secrets are named, not written.
extension Reader {
    /// The kinds; `docs/adapters.md` is tested against them and their keys.
    enum CredentialKind: String, CaseIterable {
        case none, basic, bearer, signed, certificate, oauth2, login
        case apiKey = "api-key"
        case privateKey = "private-key"
        case usernameToken = "username-token"

        var keys: [String] {
            switch self {
            case .none: ["kind"]
            case .basic: ["kind", "user", "secret"]
            case .bearer: ["kind", "secret"]
            case .apiKey: ["kind", "secret", "in", "name"]
            case .signed:
                [
                    "kind", "app_key", "secret", "digest", "in", "key_name", "time_name", "nonce_name",
                    "signature_name",
                    "time", "text", "encoding",
                ]
            case .certificate: ["kind", "certificate", "key", "authority"]
            case .privateKey: ["kind", "user", "key", "secret"]
            case .oauth2: ["kind", "token_url", "client", "secret", "scope", "in"]
            case .login:
                ["kind", "login_url", "send", "as", "secret", "token", "life", "in", "name", "prefix"]
            case .usernameToken: ["kind", "user", "secret", "digest"]
            }
        }
    }

    mutating func credential(_ item: Item) -> Credential {
        guard let mapping = mapping(item) else { return .none }
        if mapping["kind"] == nil { report(missing: "kind", in: mapping, of: "a credential", example: "bearer") }
        guard let kind: CredentialKind = choice(mapping["kind"], of: "kind of credential") else { return .none }
        check(mapping, of: "a credential of kind \(kind.rawValue)", keys: kind.keys)
        switch kind {
        case .none:
            return .none
        case .basic:
            let user = required("user", in: mapping, of: "this credential", example: "exchange")
            return .basic(user: user ?? "", secret: secretName("secret", in: mapping) ?? "")
        case .bearer:
            return .bearer(secret: secretName("secret", in: mapping) ?? "")
        case .apiKey:
            return .apiKey(
                secret: secretName("secret", in: mapping) ?? "", placement: placement(mapping["in"]),
                name: required("name", in: mapping, of: "this credential", example: "X-API-Key") ?? "")
        case .signed:
            return .signed(signing(mapping))
        case .oauth2:
            return .oauth2(client(mapping))
        case .login:
            return .login(login(mapping))
        case .usernameToken:
            let user = required("user", in: mapping, of: "this credential", example: "exchange")
            return .usernameToken(
                user: user ?? "", secret: secretName("secret", in: mapping) ?? "",
                isDigest: flag(mapping["digest"]) ?? true)
        case .certificate:
            return .certificate(
                certificate: file("certificate", in: mapping) ?? "", key: file("key", in: mapping) ?? "",
                authority: mapping["authority"] == nil ? nil : file("authority", in: mapping))
        case .privateKey:
            let user = required("user", in: mapping, of: "this credential", example: "exchange")
            return .privateKey(
                user: user ?? "", key: file("key", in: mapping) ?? "",
                secret: mapping["secret"] == nil ? nil : secretName("secret", in: mapping))
        }
    }

    private mutating func placement(_ item: Item?) -> Credential.Placement {
        choice(item, of: "place of a credential") ?? .header
    }

    private mutating func client(_ mapping: Mapping) -> Credential.Client {
        let what = "this credential"
        let address = required("token_url", in: mapping, of: what, example: "https://host/oauth2/token")
        let name = required("client", in: mapping, of: what, example: "district-exchange")
        return Credential.Client(
            address: address ?? "", name: name ?? "", secret: secretName("secret", in: mapping) ?? "",
            scope: text(mapping["scope"]), placement: choice(mapping["in"], of: "place of a client") ?? .header)
    }

    private mutating func signing(_ mapping: Mapping) -> Credential.Signing {
        let key = required("app_key", in: mapping, of: "this credential", example: "district-exchange")
        var signing = Credential.Signing(appKey: key ?? "", secret: secretName("secret", in: mapping) ?? "")
        signing.digest = choice(mapping["digest"], of: "digest") ?? signing.digest
        signing.placement = placement(mapping["in"])
        signing.keyName = text(mapping["key_name"]) ?? signing.keyName
        signing.timeName = text(mapping["time_name"]) ?? signing.timeName
        signing.nonceName = text(mapping["nonce_name"])
        signing.signatureName = text(mapping["signature_name"]) ?? signing.signatureName
        signing.time = choice(mapping["time"], of: "form of a time") ?? signing.time
        signing.encoding = choice(mapping["encoding"], of: "encoding of a signature") ?? signing.encoding
        signing.text = text(mapping["text"])
        if let item = mapping["text"], let text = signing.text {
            checkPlaceholders(in: text, at: item.place, known: Credential.Signing.placeholders)
        }
        return signing
    }

    private mutating func login(_ mapping: Mapping) -> Credential.Login {
        let what = "this credential"
        let address = required("login_url", in: mapping, of: what, example: "https://host/api/login")
        let token = required("token", in: mapping, of: what, example: "data.token")
        if mapping["send"] == nil {
            report(missing: "send", in: mapping, of: what, example: "{user: exchange, password: \"{{secret}}\"}")
        }
        var login = Credential.Login(
            address: address ?? "", items: namedTexts(mapping["send"]),
            secret: secretName("secret", in: mapping) ?? "", token: token ?? "", life: text(mapping["life"]))
        for pair in mapping["send"].flatMap({ self.mapping($0) })?.pairs ?? [] {
            checkPlaceholders(in: text(pair.value) ?? "", at: pair.value.place, known: ["secret"])
        }
        login.form = choice(mapping["as"], of: "form of a login") ?? login.form
        login.placement = placement(mapping["in"])
        // Only the header of all tokens has a scheme before them.
        if let name = text(mapping["name"]) { (login.name, login.prefix) = (name, "") }
        login.prefix = text(mapping["prefix"]) ?? login.prefix
        return login
    }

    /// The path of a PEM file, and not the file's content.
    private mutating func file(_ key: String, in mapping: Mapping) -> String? {
        guard let path = required(key, in: mapping, of: "this credential", example: "secrets/client.pem") else {
            return nil
        }
        guard path.contains("-----BEGIN"), let item = mapping[key] else { return path }
        report(writtenSecret: "the value of `\(key)`", at: item.place)
        return nil
    }
}
