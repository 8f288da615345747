import Foundation

/// A user name token in a SOAP header (OASIS Web Services Security UsernameToken Profile 1.0, section 3).
struct UsernameToken: Sendable {
    let user: String
    let password: String
    /// Whether the password is sent as a digest of nonce, time and password instead of as it is.
    let isDigest: Bool

    private static let security =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    private static let utility =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    private static let profile =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    private static let encoding =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"

    /// The `wsse:Security` element.
    ///
    /// - Parameter nonce: 16 bytes that are used once.
    func header(at now: SourceTime, nonce: [UInt8] = (0..<16).map { _ in .random(in: 0...255) }) -> String {
        let created = now.coordinated
        let (type, secret) =
            isDigest
            ? ("PasswordDigest", Data(Digest.sha1(nonce + Array((created + password).utf8))).base64EncodedString())
            : ("PasswordText", password)
        return """
            <wsse:Security xmlns:wsse="\(Self.security)" xmlns:wsu="\(Self.utility)"><wsse:UsernameToken>\
            <wsse:Username>\(Escaping.xml(user))</wsse:Username>\
            <wsse:Password Type="\(Self.profile)#\(type)">\(Escaping.xml(secret))</wsse:Password>\
            <wsse:Nonce EncodingType="\(Self.encoding)">\(Data(nonce).base64EncodedString())</wsse:Nonce>\
            <wsu:Created>\(created)</wsu:Created></wsse:UsernameToken></wsse:Security>
            """
    }
}
