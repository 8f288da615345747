import Model

/// Which program gives the records, what it is given, and how its output is read.
struct ProgramPlan: Sendable {
    let command: String
    let arguments: [String]
    let stream: String
    let columns: [SourcePath]
    /// The content of the config file, secrets and all.
    let config: String
    let catalog: Catalog
    let catalogOption: String
    /// Whether everything is wanted.
    let isSnapshot: Bool
    /// Whether what the program says of its state is of use to a later run.
    let keepsState: Bool
    /// What the last publication kept; empty where everything is asked for.
    let state: SingerState
    let timeLimit: Duration
    /// MiB of address space of each process.
    let memoryLimit: Int
    /// What may not be seen in a log.
    let secrets: [String]

    /// Where the catalog file comes from.
    enum Catalog: Sendable, Equatable {
        /// The program is not given one.
        case none
        case given(String)
        /// The program is asked for it, and the stream is selected in it.
        case discovered(method: String, key: String?)
    }

    init(_ order: PlanOrder, _ program: Manifest.Program) throws(Fault) {
        let values = try order.values()
        func text(_ template: String?) -> String? { template.flatMap { values.text($0) } }
        guard let command = text(program.command) else { throw Self.missing("command") }
        guard let stream = text(program.stream) else { throw Self.missing("stream") }
        self.command = command
        self.stream = stream
        arguments = values.list(program.arguments)
        let reader = PathReader(format: .json, namespaces: [:])
        columns = try order.entry.readPaths.map { path throws(Fault) in
            try reader.path(path).below("record")
        }
        var documents = ProgramDocument(
            values: values, parameters: order.manifest.parameters, secrets: order.secrets)
        let config = try program.config.flatMap { text throws(Fault) in try documents.filled(text) } ?? .object([:])
        guard case .object = config else {
            throw SourcePlan.misfit("config is no mapping", advice: "Write `config: {name: value}`.")
        }
        self.config = config.json
        catalogOption = text(program.catalogOption) ?? "--catalog"
        if let given = try program.catalog.flatMap({ text throws(Fault) in try documents.filled(text) }) {
            catalog = .given(given.json)
        } else if values.flag(program.discover) {
            catalog = .discovered(
                method: text(program.replicationMethod)
                    ?? (order.entry.delivery == .snapshot ? "FULL_TABLE" : "INCREMENTAL"),
                key: text(program.replicationKey))
        } else {
            catalog = .none
        }
        secrets = documents.used
        keepsState = order.entry.delivery != .snapshot
        isSnapshot = order.isSnapshot || !keepsState
        state =
            isSnapshot
            ? SingerState()
            : try order.watermark?.state.map { text throws(Fault) in try SingerState(watermark: text) }
                ?? SingerState()
        timeLimit = .seconds(try Self.limit(text(program.timeLimit), of: "time_limit", 1...604_800) ?? 3600)
        memoryLimit = try Self.limit(text(program.memoryLimit), of: "memory_limit", 16...1_048_576) ?? 2048
    }

    private static func missing(_ name: String) -> Fault {
        SourcePlan.misfit("the program's \(name) is missing", advice: "Give \(name) in the entry.")
    }

    private static func limit(_ text: String?, of name: String, _ range: ClosedRange<Int>) throws(Fault) -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw SourcePlan.misfit(
                "\(name) cannot be '\(text)'", advice: "Write a number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }
}
