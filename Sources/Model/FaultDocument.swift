/// A fault as it is written on a wire: the members of an RFC 9457 problem document that rebuild it.
///
/// The gateway writes it over HTTP and the control socket; the command reads it back.
public struct FaultDocument: Sendable, Codable, Equatable {
    public var type: String
    public var title: String
    public var status: Int
    public var detail: String
    public var instance: String?
    public var code: String
    public var origin: FaultCode.Origin
    public var retryable: Bool
    public var correlationId: String
    public var advice: String?
    /// Seconds.
    public var retryAfter: Double?
    public var context: [String: String]?
    public var errors: [ParameterError]?

    /// What is wrong with one parameter.
    public struct ParameterError: Sendable, Codable, Equatable {
        public var parameter: String
        /// Counted from 0 in the parameter's text or list, where it is known.
        public var position: Int?
        public var expected: String?

        public init(parameter: String, position: Int? = nil, expected: String? = nil) {
            self.parameter = parameter
            self.position = position
            self.expected = expected
        }
    }

    public init(_ fault: Fault, title: String, status: Int, instance: String?, correlationId: String) {
        type = "urn:huitong:error:\(fault.code.rawValue)"
        self.title = title
        self.status = status
        detail = fault.message
        self.instance = instance
        code = fault.code.rawValue
        origin = fault.code.origin
        retryable = fault.isRetryable
        self.correlationId = correlationId
        advice = fault.advice
        retryAfter = fault.retryAfter
        context = fault.context.isEmpty ? nil : fault.context
        errors = fault.context["parameter"].map {
            [
                ParameterError(
                    parameter: $0, position: fault.context["position"].flatMap { Int($0) },
                    expected: fault.context["expected"] ?? fault.advice)
            ]
        }
    }

    /// The fault that was written; a code this version does not know is `gateway.defect`.
    public var fault: Fault {
        Fault(
            FaultCode(rawValue: code) ?? .defect, detail, advice: advice, retryAfter: retryAfter,
            context: context ?? [:])
    }
}
