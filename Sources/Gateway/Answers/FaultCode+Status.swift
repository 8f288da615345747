import HTTPTypes
import Model

extension FaultCode {
    /// The HTTP status that says the same: the one place where it is decided (`docs/errors.md`).
    var status: HTTPResponse.Status {
        switch self {
        case .badRequest, .unknownParameter, .badParameter, .cursorExpired: .badRequest
        case .fieldNotAvailable: .forbidden
        case .notFound, .unknownEntry: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .runOverlaps, .runState, .runSuperseded, .runCancelled: .conflict
        case .changesGone: .gone
        case .requestTooLarge: .contentTooLarge
        case .urlTooLong: .uriTooLong
        case .headerTooLarge: .requestHeaderFieldsTooLarge
        case .requestTimeout: .requestTimeout
        case .badCatalogue, .badAdapter: .unprocessableContent
        case .badSettings, .missingCredential, .addressInUse, .unsafeAddress, .exposedSecret: .internalServerError
        case .storeCorrupt, .storeNewer, .storeFailed, .defect: .internalServerError
        case .sourceUnreachable, .sourceTLS, .sourceForbidden, .sourceUnauthorized, .sourceRefused, .sourceNotFound,
            .sourceBusy, .sourceFailed, .sourceSaidNo, .sourceTruncated, .sourceTooLarge, .sourceRedirect,
            .sourceEncoding, .sourceMalformed, .sourceUnexpected, .sourceEndless, .sourceAltered:
            .badGateway
        case .sourceTimeout: .gatewayTimeout
        case .storeBusy, .storeFull, .storeReadOnly, .storeLocked, .sourceCircuitOpen, .runStalled, .unavailable,
            .overloaded:
            .serviceUnavailable
        }
    }
}
