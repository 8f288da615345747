import Model

/// A recorded talk with a source: what an adapter asks, and what is answered.
public struct Transcript: Sendable, Equatable {
    /// The name of its folder.
    public var name: String
    /// What it shows, in one sentence.
    public var title: String
    /// The address that the system's paths begin with.
    public var base: String
    /// The parameters of the entry that it is read for.
    public var parameters: [String: ParameterValue]
    /// The paths that are read from each record.
    public var columns: [String]
    public var delivery: Entry.Delivery
    /// What is known from an earlier run.
    public var watermark: Watermark?
    public var exchanges: [Exchange]
    /// The folder beside it with what was delivered, for an adapter that reads files; then nothing is asked.
    public var deliveries: String?

    /// One request and its answer, or one start of a program and its output.
    public struct Exchange: Sendable, Equatable {
        /// Method, blank, path and query: `GET /enterprises?page=1`. Of a program, its name and arguments.
        public var request: String
        /// Headers that must be sent; others may.
        public var headers: [String: String]
        /// The body that must be sent.
        public var body: String?
        /// Files that a program must be given, and their content.
        public var files: [String: String]
        /// Of a program, its exit code.
        public var status: Int
        public var answerHeaders: [String: String]
        /// The file with the answer's body, in the transcript's folder; nil for an empty one.
        public var answerFile: String?
        /// What a program writes to standard error.
        public var log: String?
    }
}

/// Reads transcripts: `Adapters/<adapter>/transcripts/<name>/exchanges.yaml`.
public struct TranscriptLoader: Sendable {
    public init() {}

    /// The transcript of a file's text, and everything that is wrong with it; nil where it cannot be used.
    public func transcript(
        yaml text: String, file: String, name: String, manifest: Manifest
    ) -> (Transcript?, [Diagnostic]) {
        var reader = Reader(file: file)
        let transcript = reader.document(text).map { reader.transcript($0, name: name, manifest: manifest) }
        let diagnostics = reader.diagnostics.sorted()
        return (diagnostics.isEmpty ? transcript : nil, diagnostics)
    }
}

extension Reader {
    fileprivate mutating func transcript(_ mapping: Mapping, name: String, manifest: Manifest) -> Transcript {
        check(mapping, of: "a transcript", keys: TranscriptKeys.head)
        let title = required("title", in: mapping, of: "a transcript", example: "Two pages and an error")
        var transcript = Transcript(
            name: name, title: title ?? name, base: text(mapping["base"]) ?? "http://department.example",
            parameters: [:], columns: texts(mapping["columns"]), delivery: .snapshot,
            watermark: text(mapping["etag"]).map { Watermark(etag: $0, version: 1) }, exchanges: [])
        if let given = mapping["with"].flatMap({ self.mapping($0) }) {
            checkUnknownParameters(given, of: manifest)
            for parameter in manifest.parameters {
                guard let item = given[parameter.name] else { continue }
                transcript.parameters[parameter.name] = parameterValue(item, as: parameter.type)
            }
        }
        if let item = mapping["since"],
            let since = self.mapping(item, of: "`since`", keys: TranscriptKeys.since)
        {
            let parameter = required("parameter", in: since, of: "`since`", example: "updated_since") ?? ""
            transcript.delivery = .delta(
                Entry.Delta(parameter: parameter, field: "column_1", lookBack: duration(since["look_back"]) ?? 0))
            transcript.watermark = Watermark(since: text(since["last"]))
        }
        transcript.deliveries = text(mapping["deliveries"])
        if text(mapping["delivers"]) == "delta" { transcript.delivery = .delta(Entry.Delta(parameter: "", field: "")) }
        if let item = mapping["state"], let state = text(item) {
            transcript.delivery = .delta(Entry.Delta(parameter: "", field: ""))
            transcript.watermark = Watermark(state: state)
        }
        let isProgram = manifest.program != nil
        for item in mapping["exchanges"].map({ items($0) }) ?? [] {
            if let exchange = exchange(item, isProgram: isProgram) { transcript.exchanges.append(exchange) }
        }
        return transcript
    }

    private mutating func exchange(_ item: Item, isProgram: Bool) -> Transcript.Exchange? {
        let what = "an exchange"
        let keys = isProgram ? TranscriptKeys.programExchange : TranscriptKeys.exchange
        guard let mapping = mapping(item, of: what, keys: keys) else { return nil }
        let request = required("request", in: mapping, of: what, example: "GET /enterprises?page=1")
        guard let answer = mapping["answer"] else {
            report(missing: "answer", in: mapping, of: what, example: "{status: 200, body: page-1.json}")
            return nil
        }
        let answerKeys = isProgram ? TranscriptKeys.programAnswer : TranscriptKeys.answer
        guard let given = self.mapping(answer, of: "an answer", keys: answerKeys) else { return nil }
        let status = number(given["status"], in: isProgram ? 0...255 : 200...599) ?? (isProgram ? 0 : 200)
        return Transcript.Exchange(
            request: request ?? "", headers: pairs(mapping["headers"]), body: text(mapping["body"]),
            files: pairs(mapping["files"]), status: status, answerHeaders: pairs(given["headers"]),
            answerFile: text(given["body"]), log: text(given["log"]))
    }
}
