import Model
import Parsing

/// What an answer says about itself: an error inside a `200` never looks like an empty list.
struct Verdict {
    let plan: AnswerPlan
    let values: DocumentValues
    let records: Int

    func outcome(likeness: Int) throws(Fault) -> PageWalk.Outcome {
        let hasSucceeded = try checkSuccess()
        let total = try total()
        if records == 0, !values.hasRecords, !hasSucceeded, total != 0 { throw noRecords("") }
        if records == 0, !values.hasRecords, let total, total > 0 {
            throw noRecords(", though it promises \(total) records")
        }
        return PageWalk.Outcome(records: records, total: total, cursor: text(plan.paths.cursor), likeness: likeness)
    }

    /// Whether the source says that the request succeeded; false where nobody asked it to.
    private func checkSuccess() throws(Fault) -> Bool {
        guard let index = plan.paths.success else { return false }
        guard let value = text(index) else {
            throw Fault(
                .sourceUnexpected, "the answer has no \(plan.paths.document[index].text)" + said,
                advice: "Compare success_path with the answer; `huitong preview` shows it.")
        }
        guard plan.successValues.contains(value) else {
            throw Fault(
                .sourceSaidNo,
                "the source answered \(plan.paths.document[index].text) '\(Self.plain(value, 40))'" + said,
                advice:
                    "Ask the department, or correct the entry's parameters; success_values says what counts as success."
            )
        }
        return true
    }

    private func total() throws(Fault) -> Int? {
        guard let index = plan.paths.total, let text = text(index) else { return nil }
        guard let total = Int(text), total >= 0 else {
            throw Fault(
                .sourceUnexpected,
                "the total at \(plan.paths.document[index].text) is no number: '\(Self.plain(text, 40))'",
                advice: "Correct total_path, or leave it out.")
        }
        return total
    }

    private func noRecords(_ why: String) -> Fault {
        Fault(
            .sourceUnexpected, "the answer has no \(plan.paths.records.text)\(why)" + said,
            advice: "Correct records, or give success_path so that an answer without records can say it succeeded.")
    }

    /// The source's own words, after a colon.
    private var said: String { text(plan.paths.message).map { ": " + Self.plain($0, 200) } ?? "" }

    private func text(_ index: Int?) -> String? {
        guard let value = index.flatMap({ values[$0] }) else { return nil }
        let trimmed = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        return trimmed.isEmpty ? nil : String(trimmed)
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
