import Model

/// Golden records as lines of JSON, in one way of writing, so that they compare as text.
enum JSONLine {
    /// The record's paths and raw values; what was not met is left out.
    static func record(_ batch: RawBatch, _ record: Int, columns: [String]) -> String {
        let pairs = columns.enumerated().compactMap { column, path -> String? in
            let kind = batch.cell(record, column).kind
            let text = batch.string(record, column)
            let value: String? =
                switch kind {
                case .missing: nil
                case .null: "null"
                case .text, .structure: quoted(text ?? "")
                case .broken: "{\"broken\": \(quoted(text ?? ""))}"
                case .number, .true, .false: text
                }
            return value.map { "\(quoted(path)): \($0)" }
        }
        return "{" + pairs.joined(separator: ", ") + "}"
    }

    static func outcome(_ summary: ReadingSummary, unasked: Int) -> String {
        var pairs = ["\"pages\": \(summary.pages)", "\"records\": \(summary.records)"]
        if let promised = summary.promised { pairs.append("\"promised\": \(promised)") }
        if summary.notModified { pairs.append("\"notModified\": true") }
        if let etag = summary.etag { pairs.append("\"etag\": \(quoted(etag))") }
        if let state = summary.state { pairs.append("\"state\": \(quoted(state))") }
        if unasked > 0 { pairs.append("\"unasked\": \(unasked)") }
        return "{\"outcome\": {" + pairs.joined(separator: ", ") + "}}"
    }

    static func outcome(_ fault: Fault, asked: Int) -> String {
        "{\"outcome\": {\"fault\": \(quoted(fault.code.rawValue)), \"message\": \(quoted(fault.message)), "
            + "\"requests\": \(asked)}}"
    }

    /// Why nothing was read.
    static func outcome(_ fault: Fault) -> String {
        "{\"outcome\": {\"fault\": \(quoted(fault.code.rawValue)), \"message\": \(quoted(fault.message))}}"
    }

    private static func quoted(_ text: String) -> String { "\"" + Escaping.json(text) + "\"" }
}
