import Model
import Parsing

/// What an answer says about itself: an error inside a `200` never looks like an empty list.
struct Verdict {
    let plan: AnswerPlan
    let values: DocumentValues
    let records: Int
    /// The number of records on all pages that was asked for before; nil where it is the answer's to say.
    var promised: Int?

    /// What the answer holds, where it succeeded.
    struct Outcome {
        var records: Int
        var total: Int?
        var hasMore: Bool?
        /// The next page's cursor, or its address.
        var cursor: String?
        var next: String?
        /// What the next run begins with.
        var resume: String?
    }

    /// A fault, and whether asking for the page again can help.
    struct Refusal: Error {
        var fault: Fault
        var mayPass = false
        /// Whether another token can help, which nobody has tried yet.
        var wantsToken = false
    }

    /// - Throws: `source.said-no`, `source.failed` for what may pass, `source.unexpected`.
    func outcome() throws(Refusal) -> Outcome {
        let isNothing = try checkFailure()
        let hasSucceeded = try checkSuccess() || isNothing
        if records == 0, values.hasBareValue, !isNothing {
            throw Refusal(
                fault: Fault(
                    .sourceUnexpected, Self.noList(at: plan.paths.records.text) + said,
                    advice: "Correct records; a list that is JSON in a text is opened by wrapper and unwrap."))
        }
        let total: Int? = if let promised { promised } else { try total() }
        if records == 0, !values.hasRecords, !hasSucceeded, total != 0 { throw noRecords("") }
        if records == 0, !values.hasRecords, let total, total > 0 {
            throw noRecords(", though it promises \(total) records")
        }
        return Outcome(
            records: records, total: total, hasMore: text(plan.paths.more).map(Self.isYes),
            cursor: meaning(plan.paths.cursor), next: meaning(plan.paths.next),
            resume: meaning(plan.paths.resume))
    }

    /// The number that a request for it was answered with; nil where the source answers with something else.
    func total() throws(Refusal) -> Int? {
        guard let index = plan.paths.total, let text = text(index), !Self.unknownTotals.contains(text) else {
            return nil
        }
        guard let total = Self.count(text) else {
            throw Refusal(
                fault: Fault(
                    .sourceUnexpected, "the total at \(name(index)) is no number: '\(Self.plain(text, 40))'",
                    advice: "Correct total_path, or leave it out."))
        }
        return total
    }

    /// Whether the answer says that there is nothing.
    @discardableResult
    func checkFailure() throws(Refusal) -> Bool {
        guard let value = plan.paths.failure.lazy.compactMap({ meaning($0) }).first else { return false }
        // An error that is a document, or nothing but true, has its words at the path of the message, and one that is its
        // own words says them once.
        let words = first(of: plan.paths.message)
        let isSaid = words != nil && (value.hasPrefix("{") || value.lowercased() == "true" || value == words)
        return try meansNothing(
            value, said: "the source answered with an error" + (isSaid ? "" : ", \(Self.plain(value, 60))"),
            advice: "Ask the department, or correct the entry's parameters.")
    }

    /// Whether the source says that the request succeeded; false where nobody asked it to.
    private func checkSuccess() throws(Refusal) -> Bool {
        guard let index = plan.paths.success else { return false }
        guard text(index) != nil else {
            throw Refusal(
                fault: Fault(
                    .sourceUnexpected, "the answer has no \(name(index))" + said,
                    advice: "Compare success_path with the answer; `huitong preview` shows it."))
        }
        try checkNoRefusal()
        return true
    }

    /// Whether the value that says so, where it is there, says that the request succeeded or that there is nothing.
    func checkNoRefusal() throws(Refusal) {
        guard let index = plan.paths.success, let value = text(index) else { return }
        guard !plan.success.values.isEmpty, !plan.success.values.contains(value) else { return }
        _ = try meansNothing(
            value, said: "the source answered \(name(index)) '\(Self.plain(value, 40))'",
            advice: "Ask the department, or correct the entry's parameters; success_values says what counts as success."
        )
    }

    /// True for a value that means that there is nothing to send; any other is refused for what it means.
    private func meansNothing(_ value: String, said what: String, advice: String) throws(Refusal) -> Bool {
        if Self.names(value, plan.success.nothing) { return true }
        if Self.names(value, plan.success.expired) {
            throw Refusal(
                fault: Fault(
                    .sourceUnauthorized, what + said, advice: "Renew the system's credential in the settings."),
                wantsToken: true)
        }
        let mayPass = Self.names(value, plan.success.transient)
        throw Refusal(
            fault: Fault(
                mayPass ? .sourceFailed : .sourceSaidNo, what + said,
                advice: mayPass ? "Try again; if it stays, tell the department." : advice), mayPass: mayPass)
    }

    private static func noList(at path: String) -> String {
        (path.isEmpty ? "the answer" : "what stands at \(path)") + " is no list of records, and no record"
    }

    private func noRecords(_ why: String) -> Refusal {
        Refusal(
            fault: Fault(
                .sourceUnexpected, "the answer has no \(plan.paths.records.text)\(why)" + said,
                advice: "Correct records, or give success_path so that an answer without records can say it succeeded.")
        )
    }

    /// The source's own words, after a colon.
    private var said: String {
        first(of: plan.paths.message).map { ": " + Self.plain(Self.withoutIdentifiers($0), 200) } ?? ""
    }

    /// Telephones, certificates and codes of people and firms have eleven digits and more; errors' numbers have fewer.
    private static func withoutIdentifiers(_ text: String) -> String {
        text.replacing(/[0-9]{6}[0-9A-Z]{5,}/) { $0.output.prefix(3) + "…" }
    }

    private func name(_ index: Int) -> String { plan.paths.values[index].text }

    private func first(of indexes: [Int]) -> String? {
        for index in indexes { if let text = text(index) { return text } }
        return nil
    }

    private func text(_ index: Int?) -> String? {
        guard let value = index.flatMap({ values[$0] }) else { return nil }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
    }

    /// A value that says something: `false`, and an empty list or object, are no error, no cursor and no address.
    private func meaning(_ index: Int?) -> String? {
        guard let text = text(index), text.lowercased() != "false" else { return nil }
        return ["[]", "{}"].contains(text.filter { !$0.isWhitespace }) ? nil : text
    }

    /// What stands for a total that the source did not count: WFS 2.0 has a word for it, others a number that is none.
    private static let unknownTotals: Set = ["unknown", "-1"]

    /// A count, also where it went through a language that has only fractions: `4.0`.
    private static func count(_ text: String) -> Int? {
        let whole = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
        return Int(whole).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func isYes(_ text: String) -> Bool { ["true", "1", "yes", "y"].contains(text.lowercased()) }

    /// Whether a value is one of the names, with or without a prefix before a colon (`soap:Server`), or says it more
    /// precisely after a dot (`Server.userException`; SOAP 1.1, section 4.4.1).
    private static func names(_ value: String, _ names: [String]) -> Bool {
        let local = value.split(separator: ":").last ?? value[...]
        let general = local.prefix { $0 != "." }
        return names.contains { $0 == value || $0 == local || $0 == general }
    }

    /// Fit for one line of a log.
    static func plain(_ text: String, _ length: Int) -> String {
        let printable = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: false
            default: true
            }
        }
        let characters = String(String.UnicodeScalarView(printable))
        return characters.count > length ? characters.prefix(length - 1) + "…" : characters
    }
}
