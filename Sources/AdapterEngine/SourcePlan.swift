import Model
import Parsing
import Transport

/// What to ask a source and how to read what it answers: an entry, its system, the adapter's manifest and the secrets, put
/// together. Nothing is asked yet.
public struct SourcePlan: Sendable {
    public let entry: String
    let format: SourceFormat
    let charset: String?
    let columns: [SourcePath]
    let paths: AnswerPaths
    let successValues: [String]
    let paging: Paging
    let requests: RequestPlan
    /// Whether validators may be sent and kept: where one answer is everything, an unchanged answer is no news.
    let isConditional: Bool

    /// How pages follow each other.
    struct Paging: Sendable {
        var strategy: Manifest.Paginator.Strategy
        var firstPage: Int
    }

    /// Puts together what a run asks.
    ///
    /// - Parameters:
    ///   - watermark: how far the source is known; nil for the first run.
    ///   - version: the registered version of the entry that runs. Validators received under another version are not sent,
    ///     since the answer would be read differently.
    ///   - snapshot: whether everything is wanted, even from a source that can say what changed.
    /// - Throws: `catalogue.adapter-invalid` where the entry's parameters do not fit the manifest,
    ///   `settings.credential-missing` where a secret is not there.
    public init(
        entry: Entry, system: SourceSystem, manifest: Manifest, secrets: Secrets, watermark: Watermark?,
        version: Int? = nil, snapshot: Bool
    ) throws(Fault) {
        do {
            try self.init(
                checked: entry, system: system, manifest: manifest, secrets: secrets, watermark: watermark,
                version: version, snapshot: snapshot)
        } catch {
            throw error.at(["entry": entry.name, "adapter": manifest.name])
        }
    }

    private init(
        checked entry: Entry, system: SourceSystem, manifest: Manifest, secrets: Secrets, watermark: Watermark?,
        version: Int?, snapshot: Bool
    ) throws(Fault) {
        var values = TemplateValues(parameters: try Self.parameters(entry.source, of: manifest))
        let since = try Self.since(entry, manifest, watermark: snapshot ? nil : watermark, values: values)
        paging = try Self.paging(manifest.paginator, values)
        if paging.strategy == .none { values.run["page_size"] = .some(nil) }
        values.run["since"] = .some(since?.value)
        values.run["since_parameter"] = .some(since?.parameter)

        let namespaces = Dictionary(
            values.items(manifest.decoder.namespaces).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        let reader = PathReader(format: manifest.format, namespaces: namespaces)
        self.entry = entry.name
        format = manifest.format
        charset = manifest.decoder.charset.flatMap { values.text($0) }
        columns = try entry.readPaths.map { path throws(Fault) in try reader.path(path) }
        paths = try AnswerPaths(manifest, values, reader)
        successValues = values.list(manifest.errorHandler.values)

        let isWanted = manifest.conditional.flatMap { values.text($0) } == "true"
        isConditional = isWanted && paging.strategy == .none && entry.delivery == .snapshot
        let known = isConditional && version != nil && watermark?.version == version ? watermark : nil
        requests = RequestPlan(
            requester: manifest.requester, values: values, system: system,
            authenticator: try Authenticator(system.credential, secrets: secrets),
            accept: manifest.format == .json ? "application/json" : "application/xml, text/xml",
            etag: known?.etag, lastModified: known?.lastModified)
    }

    /// The first page, or the one that a run was interrupted on.
    ///
    /// - Throws: `run.wrong-state` where the position was written for another way of paging.
    func walk(from position: Position) throws(Fault) -> PageWalk {
        try PageWalk(strategy: paging.strategy, firstPage: paging.firstPage, from: position)
    }

    /// What a page's body is asked for.
    var specification: ParseSpecification {
        ParseSpecification(format: format, records: paths.records, columns: columns, document: paths.document)
    }

    private static func parameters(
        _ source: Entry.Source, of manifest: Manifest
    ) throws(Fault) -> [String: ParameterValue] {
        var values: [String: ParameterValue] = [:]
        for parameter in manifest.parameters {
            values[parameter.name] = source.parameters[parameter.name] ?? parameter.standard
            guard values[parameter.name] != nil || !parameter.isRequired else {
                throw misfit("parameter '\(parameter.name)' is missing", advice: parameter.about)
            }
        }
        for name in source.parameters.keys.sorted() where !manifest.parameters.contains(where: { $0.name == name }) {
            throw misfit(
                "adapter '\(manifest.name)' has no parameter '\(name)'",
                advice: "See `huitong adapter show \(manifest.name)`.")
        }
        return values
    }

    private static func paging(
        _ paginator: Manifest.Paginator, _ values: TemplateValues
    ) throws(Fault) -> Paging {
        let text = values.text(paginator.strategy) ?? Manifest.Paginator.Strategy.none.rawValue
        guard let strategy = Manifest.Paginator.Strategy(rawValue: text) else {
            let known = Manifest.Paginator.Strategy.allCases.map(\.rawValue).joined(separator: ", ")
            throw misfit("there is no paging '\(text)'", advice: "Choose one of \(known).")
        }
        if strategy == .cursor, paginator.cursor.flatMap({ values.text($0) }) == nil {
            throw misfit("paging by cursor needs the cursor's path", advice: "Give cursor_path.")
        }
        return Paging(
            strategy: strategy, firstPage: paginator.firstPage.flatMap { values.text($0) }.flatMap { Int($0) } ?? 1)
    }

    /// The time that changes are asked from, as the source wants it; nil where everything is asked for.
    private static func since(
        _ entry: Entry, _ manifest: Manifest, watermark: Watermark?, values: TemplateValues
    ) throws(Fault) -> (parameter: String, value: String)? {
        guard case .delta(let delta) = entry.delivery, let since = watermark?.since else { return nil }
        let text = values.text(manifest.incrementalSync.format) ?? Manifest.IncrementalSync.Format.rfc3339.rawValue
        guard let format = Manifest.IncrementalSync.Format(rawValue: text) else {
            let known = Manifest.IncrementalSync.Format.allCases.map(\.rawValue).joined(separator: ", ")
            throw misfit("there is no format of times '\(text)'", advice: "Choose one of \(known).")
        }
        // A source may count its changes instead of dating them: then the number is asked for as it came.
        guard var moment = SourceTime(normal: since) else { return (delta.parameter, since) }
        moment.epoch -= Int(delta.lookBack)
        return (delta.parameter, moment.text(format))
    }

    static func misfit(_ message: String, advice: String) -> Fault {
        Fault(.badAdapter, message, advice: advice)
    }
}

/// Paths as a format writes them.
struct PathReader {
    let format: SourceFormat
    let namespaces: [String: String]

    func path(_ text: String) throws(Fault) -> SourcePath {
        do {
            return try SourcePath(text, format: format, namespaces: namespaces)
        } catch {
            throw SourcePlan.misfit("path '\(text)' cannot be read: \(error.message)", advice: "Correct the path.")
        }
    }
}
