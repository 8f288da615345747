import Foundation
import Model
import Parsing
import Transport

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
        let response = try await send(order.request)
        let answer = try await Self.read(response, order)
        guard response.refusal == nil, let fresh = answer.token, Self.isToken(fresh) else {
            throw Fault(
                .sourceUnauthorized, "the answer to our credentials holds no \(order.token)" + (answer.words ?? ""),
                advice: "Compare the credential's address, names and secret with the interface's manual.")
        }
        token = fresh
        expiry = now.addingTimeInterval(max(0, (answer.life ?? Self.standardLife) - Self.margin))
        return fresh
    }

    /// Fit for a header, which has no room for blanks and line breaks.
    private static func isToken(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 } }

    /// The members that say why there is no token: of RFC 6749, section 5.2, and of others.
    private static let explanations = ["error_description", "errmsg", "msg", "message", "error"]

    private struct Answer {
        var token: String?
        var life: Double?
        /// The source's own words, after a colon.
        var words: String?
    }

    private static func read(_ response: Response, _ order: AccessTokenRequest) async throws(Fault) -> Answer {
        let reader = PathReader(format: .json, namespaces: [:])
        let paths = try ([order.token, order.life ?? order.token] + explanations).map { name throws(Fault) in
            try reader.path(name)
        }
        var batch = RawBatch(columns: paths.count)
        do {
            let parser = try makeParser(
                ParseSpecification(format: .json, records: .jsonDocument, columns: paths), page: 1)
            try parser.feed(try await response.body.bytes(limit: 1 << 20), into: &batch)
            _ = try parser.finish(into: &batch)
        } catch {
            throw response.refusal ?? error
        }
        guard batch.count == 1 else {
            throw response.refusal ?? Fault(.sourceUnexpected, "the answer to our credentials is no object")
        }
        let words = (2..<paths.count).lazy.compactMap { batch.string(0, $0) }.first { !$0.isEmpty }
        return Answer(
            token: batch.string(0, 0), life: order.life == nil ? nil : batch.string(0, 1).flatMap { Double($0) },
            words: words.map { ": " + Verdict.plain($0, 200) })
    }
}
