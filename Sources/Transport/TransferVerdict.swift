import CCurl
import Foundation
import Model

/// Why a transfer failed, from libcurl's result and our own reasons to stop it.
struct TransferVerdict {
    private let place: String
    private let host: String
    private let result: CURLcode
    private let stop: Transfer.Stop?
    private let limits: TransferLimits
    private let explanation: String
    /// Whether the reader has a head already, so that trying again is the reader's to decide.
    private let hasBegun: Bool
    /// Whether a status came, so that there was something to break off.
    private let hasStatus: Bool
    private let hasConnected: Bool
    private let isInHead: Bool
    private let isOfFiles: Bool
    private let isSSH: Bool
    private let systemError: Int32

    init(_ transfer: Transfer, _ result: CURLcode) {
        place = transfer.order.hop.place
        host = transfer.order.hop.location.host
        self.result = result
        stop = transfer.stop
        limits = transfer.limits
        let text = transfer.easy.explanation
        explanation = text.isEmpty ? String(cString: curl_easy_strerror(result)) : text
        hasBegun = transfer.isHeadDelivered
        isSSH = transfer.order.hop.location.scheme == "sftp"
        isOfFiles = transfer.order.hop.location.isOfFiles
        hasStatus = isOfFiles ? transfer.isHeadDelivered : transfer.status >= 200
        hasConnected = transfer.easy.large(CURLINFO_PRETRANSFER_TIME_T) > 0
        isInHead = hasConnected && !isOfFiles && !transfer.isHeadComplete
        systemError = Int32(transfer.easy.number(CURLINFO_OS_ERRNO))
    }

    var failure: Failure {
        let failure = ownReason ?? networkReason
        return Failure(failure.fault.at(["host": host]), failure.stage)
    }

    private var ownReason: Failure? {
        switch (stop, result) {
        case (.addressForbidden(let address, let kind), CURLE_COULDNT_CONNECT):
            Failure(
                Fault(
                    .sourceForbidden, "\(place) was not asked: it leads to \(address), which is \(kind.rawValue).",
                    advice: kind == .loopback || kind == .privateNetwork
                        ? "Allow \(kind.rawValue) addresses in the settings if this system really is there."
                        : "Correct the system's address."))
        case (.headersTooLarge, _): tooLarge("headers", limits.headerBytes)
        case (nil, let code) where isInHead && Self.lineTooLong.contains(code): tooLarge("headers", limits.headerBytes)
        case (.bodyTooLarge, _), (_, CURLE_FILESIZE_EXCEEDED): tooLarge("body", limits.bodyBytes)
        default: nil
        }
    }

    /// What libcurl says of one header line that it does not hold any more: before 8.6 that there is no memory left.
    private static let lineTooLong = [CURLE_OUT_OF_MEMORY, CURLcode(rawValue: 100)]

    private func tooLarge(_ part: String, _ limit: Int) -> Failure {
        Failure(
            Fault(
                .sourceTooLarge,
                "The \(part) of the answer of \(place) \(part == "headers" ? "are" : "is") larger than \(limit) bytes.",
                advice: "Ask for smaller pages."))
    }

    private var networkReason: Failure {
        if isOfFiles, let failure = fileReason { return failure }
        return switch result {
        case CURLE_OPERATION_TIMEDOUT: timeout
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT:
            failure(.sourceUnreachable, "could not be reached", .beforeSending, "Check address, network and firewall.")
        case CURLE_SSL_CONNECT_ERROR where [ECONNRESET, ETIMEDOUT, EPIPE].contains(systemError):
            failure(.sourceUnreachable, "broke the TLS handshake off", .beforeSending, "Try again.")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_ENGINE_INITFAILED:
            insecure
        case CURLE_URL_MALFORMAT:
            failure(.badSettings, "has an address that cannot be asked", .final, "Correct the system's address.")
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY:
            failure(.sourceUnexpected, "did not answer in HTTP", .final, "Check scheme and port of the address.")
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT, CURLE_BAD_FUNCTION_ARGUMENT, CURLE_NOT_BUILT_IN:
            failure(.unavailable, "could not be asked by libcurl", .final, "Run huitong doctor.")
        default: broken
        }
    }

    /// What libcurl says of servers of files only.
    private var fileReason: Failure? {
        switch result {
        case CURLE_REMOTE_FILE_NOT_FOUND, CURLE_FTP_COULDNT_RETR_FILE:
            failure(.sourceNotFound, "is not there", .final, "Compare the entry's folder with the server.")
        case CURLE_LOGIN_DENIED:
            failure(
                .sourceUnauthorized, "does not accept our credential", .final,
                "Renew the system's credential in the settings.")
        case CURLE_REMOTE_ACCESS_DENIED:
            failure(.sourceRefused, "refused the request", .final, "Let our user read the folder.")
        case CURLE_PEER_FAILED_VERIFICATION where isSSH:
            failure(
                .sourceTLS, "has another host key than the one declared", .final,
                "Ask the department whether its key was changed; then correct host_key or the file of known hosts.")
        default: nil
        }
    }

    private var timeout: Failure {
        failure(
            .sourceTimeout, hasConnected ? "was too slow" : "did not take the connection in time",
            hasConnected ? .withoutAnswer : .beforeSending,
            "Ask at a quieter hour, or for smaller pages.")
    }

    private var insecure: Failure {
        failure(
            .sourceTLS, "could not be asked over TLS", .final,
            "Check the system's certificate, the authority we trust and our own certificate.")
    }

    private var broken: Failure {
        // In TLS 1.3 a server says only after the handshake that it wanted another certificate of ours, or any.
        if !hasStatus, explanation.contains("SSL routines"), explanation.contains(" alert ") { return insecure }
        return hasStatus
            ? failure(.sourceTruncated, "broke its answer off", .withoutAnswer, "Fetch again from the last position.")
            : failure(.sourceUnreachable, "closed the connection without an answer", .withoutAnswer, "Try again.")
    }

    private func failure(_ code: FaultCode, _ what: String, _ stage: Failure.Stage, _ advice: String) -> Failure {
        Failure(Fault(code, "\(place) \(what): \(explanation).", advice: advice), hasBegun ? .final : stage)
    }
}
