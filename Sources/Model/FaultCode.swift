/// Every reason for a fault, stable across versions and never reused.
///
/// The part before the dot says where the fault lies, the raw value is what users, logs and problem documents see.
public enum FaultCode: String, Sendable, Codable, CaseIterable {
    // The caller
    case badRequest = "request.invalid"
    case unknownParameter = "request.unknown-parameter"
    case badParameter = "request.bad-parameter"
    case notFound = "request.not-found"
    case fieldNotAvailable = "request.field-not-available"
    case cursorExpired = "request.cursor-expired"
    case changesGone = "request.changes-gone"
    case notAcceptable = "request.not-acceptable"
    case methodNotAllowed = "request.method-not-allowed"
    case requestTooLarge = "request.too-large"
    case urlTooLong = "request.url-too-long"
    case headerTooLarge = "request.header-too-large"
    case requestTimeout = "request.timeout"

    // Settings and catalogue
    case badSettings = "settings.invalid"
    case badCatalogue = "catalogue.invalid"
    case unknownEntry = "catalogue.unknown-entry"
    case badAdapter = "catalogue.adapter-invalid"
    case missingCredential = "settings.credential-missing"
    case addressInUse = "settings.address-in-use"
    case unsafeAddress = "settings.unsafe-address"
    case exposedSecret = "settings.secret-exposed"

    // The source: a department's system
    case sourceUnreachable = "source.unreachable"
    case sourceTimeout = "source.timeout"
    case sourceTLS = "source.tls"
    case sourceForbidden = "source.address-forbidden"
    case sourceUnauthorized = "source.unauthorized"
    case sourceRefused = "source.refused"
    case sourceNotFound = "source.not-found"
    case sourceBusy = "source.busy"
    case sourceFailed = "source.failed"
    case sourceSaidNo = "source.said-no"
    case sourceTruncated = "source.truncated"
    case sourceTooLarge = "source.too-large"
    case sourceRedirect = "source.redirect"
    case sourceEncoding = "source.encoding"
    case sourceMalformed = "source.malformed"
    case sourceUnexpected = "source.unexpected"
    case sourceEndless = "source.endless"
    case sourceAltered = "source.altered"
    case sourceCircuitOpen = "source.circuit-open"

    // Runs
    case runOverlaps = "run.overlaps"
    case runState = "run.wrong-state"
    case runSuperseded = "run.superseded"
    case runCancelled = "run.cancelled"
    case runStalled = "run.interrupted"

    // The store
    case storeBusy = "store.busy"
    case storeFull = "store.full"
    case storeReadOnly = "store.read-only"
    case storeCorrupt = "store.corrupt"
    case storeNewer = "store.newer"
    case storeLocked = "store.locked"
    case storeFailed = "store.failed"

    // The gateway itself
    case unavailable = "gateway.unavailable"
    case overloaded = "gateway.overloaded"
    case defect = "gateway.defect"

    /// Who has to act.
    public enum Origin: String, Sendable, Codable {
        case client, gateway, source, store
    }

    /// Who has to act, by the first part of the code.
    public var origin: Origin {
        switch rawValue.prefix(while: { $0 != "." }) {
        case "request": .client
        case "source": .source
        case "store": .store
        default: .gateway
        }
    }

    /// Whether asking again, unchanged, can help.
    public var isRetryable: Bool {
        switch self {
        case .sourceUnreachable, .sourceTimeout, .sourceBusy, .sourceFailed, .sourceTruncated,
            .sourceCircuitOpen, .storeBusy, .storeFull, .runOverlaps, .runStalled, .unavailable, .overloaded,
            .requestTimeout:
            true
        default: false
        }
    }
}
