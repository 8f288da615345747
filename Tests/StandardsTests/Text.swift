@testable import Standards

/// Runs a check on a text's bytes and gives the normal form as text.
func normal<Failure: Error>(
    _ text: String, _ check: (Span<UInt8>, inout [UInt8]) throws(Failure) -> Void
) throws(Failure) -> String {
    var output: [UInt8] = []
    try check(Array(text.utf8).span, &output)
    return String(decoding: output, as: UTF8.self)
}

func citizen(_ text: String) throws(CitizenID.Problem) -> String {
    try normal(text) { bytes, output throws(CitizenID.Problem) in try CitizenID.normalize(bytes, into: &output) }
}

func credit(_ text: String) throws(CreditCode.Problem) -> String {
    try normal(text) { bytes, output throws(CreditCode.Problem) in
        try CreditCode.normalize(bytes, into: &output)
    }
}

func organisation(_ text: String) throws(OrganisationCode.Problem) -> String {
    try normal(text) { bytes, output throws(OrganisationCode.Problem) in
        try OrganisationCode.normalize(bytes, into: &output)
    }
}

func phone(_ text: String) throws(PhoneNumber.Unreadable) -> String {
    try normal(text) { bytes, output throws(PhoneNumber.Unreadable) in
        try PhoneNumber.normalize(bytes, into: &output)
    }
}

func address(_ text: String) throws(WebAddress.Problem) -> String {
    try normal(text) { bytes, output throws(WebAddress.Problem) in
        try WebAddress.normalize(bytes, into: &output)
    }
}

func date(_ text: String) throws(TimeProblem) -> String {
    try normal(text) { bytes, output throws(TimeProblem) in
        try CalendarDate(reading: bytes).append(to: &output)
    }
}

func moment(_ text: String) throws(TimeProblem) -> String {
    try normal(text) { bytes, output throws(TimeProblem) in try Moment(reading: bytes).append(to: &output) }
}

func decimal(_ text: String) throws(ExactDecimal.Problem) -> String {
    try normal(text) { bytes, output throws(ExactDecimal.Problem) in
        try ExactDecimal(reading: bytes).append(to: &output)
    }
}

func masked(_ mask: Mask, _ text: String) -> String? {
    mask.apply(Array(text.utf8).span).map { String(decoding: $0, as: UTF8.self) }
}

/// A generator whose numbers a failing test can repeat (SplitMix64).
struct Repeatable: RandomNumberGenerator {
    var state: UInt64 = 430_112

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
