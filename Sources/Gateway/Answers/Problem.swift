import Foundation
import HTTPTypes
import Hummingbird
import Model
import NIOHTTP1

/// A fault as an answer: a problem document (RFC 9457) with the members of ``FaultDocument``.
struct Problem {
    let status: HTTPResponse.Status
    let headers: HTTPFields
    let body: ByteBuffer

    /// - Parameter instance: the address that was asked, without anything that may be a record's.
    init(_ fault: Fault, correlation: String, instance: String?) {
        status = fault.code.status
        let document = FaultDocument(
            fault, title: status.reasonPhrase, status: status.code, instance: instance, correlationId: correlation)
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        if let seconds = fault.retryAfter ?? (status == .serviceUnavailable && fault.isRetryable ? 1 : nil) {
            headers[.retryAfter] = String(max(1, Int(seconds.rounded(.up))))
        }
        if fault.code == .methodNotAllowed, let allowed = fault.context["allow"] { headers[.allow] = allowed }
        self.headers = headers
        body = JSONDocument.encode(document)
    }

    var response: Response { Response(status: status, headers: headers, body: .init(byteBuffer: body)) }

    /// What an error of the framework means to the caller; nothing of an unforeseen one is told.
    static func fault(for error: any Error) -> Fault {
        switch error {
        case let fault as Fault: fault
        case let error as any HTTPResponseError where error.status == .contentTooLarge:
            Fault(
                .requestTooLarge, "the request's body is too large",
                advice: "Ask for less at once; an address takes no more than its limit.")
        case let error as any HTTPResponseError where error.status == .notFound:
            Fault(.notFound, "there is nothing at this address", advice: "Start at / and follow the links.")
        case is HTTPParserError:
            Fault(
                .badRequest, "the request's body broke off or is not in its form", advice: "See RFC 9112 for its form.")
        case is CancellationError:
            Fault(.unavailable, "the gateway is stopping", advice: "Ask again in a moment.")
        default:
            Fault(
                .defect, "the gateway failed in a way that was not foreseen",
                advice: "Tell whoever runs it, with the correlationId.")
        }
    }
}
