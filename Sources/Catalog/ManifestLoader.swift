import Model

/// Reads adapter manifests: `Adapters/<name>/adapter.yaml`.
public struct ManifestLoader: Sendable {
    public init() {}

    /// The manifest of a file's text, and everything that is wrong with it; nil where it cannot be used.
    public func manifest(yaml text: String, file: String) -> (Manifest?, [Diagnostic]) {
        var reader = Reader(file: file)
        let manifest = reader.document(text).flatMap { reader.manifest($0) }
        let diagnostics = reader.diagnostics.sorted()
        return (diagnostics.isEmpty ? manifest : nil, diagnostics)
    }
}

extension Reader {
    mutating func manifest(_ mapping: Mapping) -> Manifest? {
        let isDelivered = mapping["delivery"] != nil
        check(
            mapping, of: isDelivered ? "an adapter of files" : "an adapter",
            keys: ManifestKeys.head + (isDelivered ? ManifestKeys.deliveryParts : ManifestKeys.parts + ["delivery"]))
        guard var manifest = manifestHead(mapping) else { return nil }
        if let item = mapping["requester"] { manifest.requester = requester(item) }
        if let item = mapping["paginator"] { manifest.paginator = paginator(item) }
        if let item = mapping["decoder"] { manifest.decoder = decoder(item) }
        if let item = mapping["error_handler"] { manifest.errorHandler = errorHandler(item) }
        if let part = part(mapping["record_selector"], of: "record_selector", keys: ManifestKeys.recordSelector) {
            manifest.recordSelector.records = text(part["records"]) ?? ""
        }
        if let part = part(mapping["completeness"], of: "completeness", keys: ManifestKeys.completeness) {
            manifest.completeness = Manifest.Completeness(
                total: text(part["total"]), query: namedTexts(part["query"]))
        }
        if let part = part(mapping["incremental_sync"], of: "incremental_sync", keys: ManifestKeys.incrementalSync) {
            manifest.incrementalSync.format = text(part["format"]) ?? manifest.incrementalSync.format
            manifest.incrementalSync.zone = text(part["zone"])
            manifest.incrementalSync.resume = text(part["resume"])
        }
        manifest.delivery = mapping["delivery"].map { manifestDelivery($0) }
        manifest.conditional = text(mapping["conditional"])
        if let item = mapping["program"] { manifest.program = program(item) }
        manifest.variants = mapping["variants"].map { variants($0, of: manifest) } ?? []
        manifest.recognition = recognition(mapping["recognition"], manifest.format)
        let variable = manifest.variants.flatMap { $0.texts.values.flatMap { $0.map(\.name) } }
        checkPlaceholders(mapping, known: manifest.parameters.map(\.name) + variable + Manifest.runVariables)
        return manifest
    }

    private mutating func requester(_ item: Item) -> Manifest.Requester {
        var requester = Manifest.Requester()
        guard let part = mapping(item, of: "requester", keys: ManifestKeys.requester) else { return requester }
        requester.method = text(part["method"]) ?? requester.method
        requester.path = text(part["path"]) ?? requester.path
        requester.query = namedTexts(part["query"])
        requester.headers = namedTexts(part["headers"])
        requester.body = text(part["body"])
        requester.contentType = text(part["content_type"])
        requester.place = text(part["items_in"])
        return requester
    }

    private mutating func paginator(_ item: Item) -> Manifest.Paginator {
        var paginator = Manifest.Paginator()
        guard let part = mapping(item, of: "paginator", keys: ManifestKeys.paginator) else { return paginator }
        paginator.strategy = text(part["strategy"]) ?? paginator.strategy
        paginator.pageSize = text(part["page_size"])
        paginator.firstPage = text(part["first_page"])
        paginator.cursor = text(part["cursor"])
        paginator.lastCursors = texts(part["last_cursor"])
        paginator.next = text(part["next"])
        paginator.key = text(part["key"])
        paginator.more = text(part["more"])
        paginator.emptyPage = text(part["empty_page"])
        paginator.query = namedTexts(part["query"])
        return paginator
    }

    private mutating func decoder(_ item: Item) -> Manifest.Decoder {
        guard let part = mapping(item, of: "decoder", keys: ManifestKeys.decoder) else { return Manifest.Decoder() }
        return Manifest.Decoder(
            charset: text(part["charset"]), namespaces: namedTexts(part["namespaces"]), lines: text(part["lines"]),
            separator: text(part["separator"]), header: text(part["header"]), wrapper: text(part["wrapper"]),
            unwrap: texts(part["unwrap"]))
    }

    private mutating func errorHandler(_ item: Item) -> Manifest.ErrorHandler {
        guard let part = mapping(item, of: "error_handler", keys: ManifestKeys.errorHandler) else {
            return Manifest.ErrorHandler()
        }
        return Manifest.ErrorHandler(
            success: text(part["success"]), values: texts(part["values"]), failure: texts(part["failure"]),
            transient: texts(part["transient"]), nothing: texts(part["nothing"]), expired: texts(part["expired"]),
            message: texts(part["message"]), statuses: texts(part["statuses"]))
    }

    private mutating func recognition(_ item: Item?, _ format: SourceFormat) -> [String] {
        guard let item else { return [] }
        var paths: [String] = []
        for element in items(item) {
            guard let path = text(element) else { continue }
            check(path: path, at: element, syntax: PathSyntax(format: format, namespaces: [:]))
            paths.append(path)
        }
        return paths
    }

    /// Parameter, its values, and for each of them named texts.
    private mutating func variants(_ item: Item, of manifest: Manifest) -> [Manifest.Variants] {
        guard let mapping = mapping(item) else { return [] }
        checkUnknownParameters(mapping, of: manifest)
        return mapping.pairs.map { pair in
            var texts: [String: [Manifest.Item]] = [:]
            for value in self.mapping(pair.value)?.pairs ?? [] { texts[value.key] = namedTexts(value.value) }
            return Manifest.Variants(parameter: pair.key, texts: texts)
        }
    }

    private mutating func part(_ item: Item?, of what: String, keys: [String]) -> Mapping? {
        item.flatMap { mapping($0, of: what, keys: keys) }
    }

    /// Names and texts in the order they are written, which is the order they are sent.
    mutating func namedTexts(_ item: Item?) -> [Manifest.Item] {
        guard let item, let mapping = mapping(item) else { return [] }
        var items: [Manifest.Item] = []
        for pair in mapping.pairs {
            if let text = text(pair.value) { items.append(Manifest.Item(name: pair.key, value: text)) }
        }
        return items
    }
}
