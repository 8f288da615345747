import Foundation
import Model

/// Where credentials' secrets come from: a folder with one file each, or the environment.
///
/// A secret is looked up when a run is planned, so a changed file counts from the next run on. The type never prints what
/// it knows.
public struct Secrets: Sendable {
    private let look: @Sendable (String) throws(Fault) -> String?

    /// Secrets found by a function, for tests and settings of another kind.
    public init(_ look: @escaping @Sendable (String) -> String?) { self.look = look }

    private init(looking: @escaping @Sendable (String) throws(Fault) -> String?) { look = looking }

    /// Secrets in files named for them below a folder, then in `HUITONG_SECRET_<NAME>`, where every character of the name
    /// that is no letter or digit is `_`.
    public init(folder: URL?, environment: [String: String]) {
        self.init(looking: { (name: String) throws(Fault) -> String? in
            if let file = folder?.appendingPathComponent(name), let data = try? Data(contentsOf: file) {
                try SecretFile.requirePrivate(file.path, of: "the secret '\(name)'")
                return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
            }
            return environment[Self.variable(name)]
        })
    }

    /// The environment variable that holds a secret.
    public static func variable(_ name: String) -> String {
        "HUITONG_SECRET_" + String(name.uppercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    /// The secret of a name.
    ///
    /// - Throws: `settings.credential-missing` where there is none, or where it is empty; `settings.secret-exposed` where others
    ///   could read its file.
    public func value(_ name: String) throws(Fault) -> String {
        let isPlain = !name.hasPrefix("/") && !name.split(separator: "/").contains("..")
        guard isPlain, let secret = try look(name), !secret.isEmpty else {
            throw Fault(
                .missingCredential, "there is no secret named '\(name)'",
                advice: "Put it into a file of that name in the settings' folder of secrets, or into "
                    + "\(Self.variable(name)).",
                context: ["secret": name])
        }
        return secret
    }
}

extension Credential {
    /// The name of the secret that it needs; nil where it needs none.
    public var secretName: String? {
        switch self {
        case .none, .certificate: nil
        case .basic(_, let secret), .bearer(let secret), .apiKey(let secret, _, _), .usernameToken(_, let secret, _):
            secret
        case .signed(let signing): signing.secret
        case .privateKey(_, _, let secret): secret
        case .oauth2(let client): client.secret
        case .login(let login): login.secret
        }
    }
}
