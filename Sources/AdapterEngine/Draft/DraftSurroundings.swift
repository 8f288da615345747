import Model

/// What stands around the records of an answer: how it says that it succeeded, how many there are, and what comes next.
struct DraftSurroundings {
    /// The records' path; nil where the document is they.
    var records: String?
    /// Parameters of the adapter that the values' names give away.
    var parameters: [(name: String, value: String)] = []
    var total: Int?
    /// The path of what looks like the next page's cursor.
    var cursor: String?

    init(_ document: Sample, _ found: SampleRecords, format: SourceFormat) {
        records = found.path.isEmpty ? nil : DraftPath.absolute(found.path, format)
        guard !found.path.isEmpty else { return }
        var values: [(path: [String], value: Sample.Value)] = []
        Self.visit(document, [], except: found.path) { values.append(($0, $1)) }
        func first(_ names: [String], _ test: (Sample.Value) -> Bool) -> (path: String, value: String)? {
            values.first { names.contains(Self.plain($0.path)) && test($0.value) }
                .map { (DraftPath.absolute($0.path, format), $0.value.text) }
        }
        let successes = ["0", "00", "200", "true", "success"]
        if let success = first(
            ["code", "status", "success", "errcode", "resultcode", "retcode", "ret"],
            { value in
                successes.contains(value.text)
            })
        {
            parameters.append(("success_path", success.path))
            let message = first(["msg", "message", "errmsg", "resultmsg", "info"]) { _ in true }
            if let message { parameters.append(("message_path", message.path)) }
        }
        let names = [
            "total", "totalcount", "totalnum", "totalrecords", "totalelements", "recordcount", "count", "numbermatched",
        ]
        if let total = first(names, { (Int($0.text) ?? -1) >= found.records.count }) {
            parameters.append(("total_path", total.path))
            self.total = Int(total.value)
        }
        let cursors = ["next", "nextcursor", "nextpagetoken", "nexttoken", "cursor", "resumptiontoken"]
        cursor = first(cursors) { !$0.isEmpty && !$0.text.contains("://") }?.path
    }

    private static func visit(
        _ sample: Sample, _ path: [String], except records: [String], _ look: ([String], Sample.Value) -> Void
    ) {
        guard path != records else { return }
        switch sample {
        case .value(let value): look(path, value)
        case .list: break
        case .members(let members):
            for member in members { visit(member.sample, path + [member.name], except: records, look) }
        }
    }

    private static func plain(_ path: [String]) -> String {
        (path.last ?? "").lowercased().filter { $0.isLetter }
    }
}

/// Names of a sample, written as a path of a format.
enum DraftPath {
    /// From the document: a JSON Pointer, or an XPath.
    static func absolute(_ names: [String], _ format: SourceFormat) -> String {
        switch format {
        case .json:
            names.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
        case .xml: "/" + names.joined(separator: "/")
        case .csv: names.joined()
        }
    }

    /// One step from a value to a member of it.
    static func below(_ name: String, _ format: SourceFormat) -> String {
        if format == .xml { return "/\(name)" }
        let step = relative([name], format)
        return step.hasPrefix("$") ? String(step.dropFirst()) : ".\(step)"
    }

    /// From a record: a JSONPath, or an XPath.
    static func relative(_ names: [String], _ format: SourceFormat) -> String {
        if format == .xml { return names.joined(separator: "/") }
        if format == .csv { return names.joined() }
        var path = ""
        for name in names {
            let isPlain = !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
            if isPlain {
                path += path.isEmpty ? name : ".\(name)"
            } else {
                let quoted = name.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
                path += (path.isEmpty ? "$" : "") + "['\(quoted)']"
            }
        }
        return path
    }
}
