/// Every key that a manifest and a transcript may have, part by part. What reads a part takes its keys from here, and
/// `docs/writing-an-adapter.md` is tested against it.
enum ManifestKeys {
    /// What every manifest says, whatever its way of asking.
    static let head = ["adapter", "title", "summary", "format", "parameters"]
    /// Parts of a manifest that asks.
    static let parts = [
        "requester", "paginator", "record_selector", "decoder", "incremental_sync", "error_handler", "completeness",
        "conditional", "variants", "program", "recognition",
    ]
    /// Parts of a manifest that reads files: nothing is asked, so nothing says how.
    static let deliveryParts = ["delivery", "record_selector", "decoder", "completeness"]

    static let parameter = ["type", "required", "default", "choices", "about"]
    static let requester = ["method", "path", "query", "headers", "body", "content_type", "items_in"]
    static let paginator = [
        "strategy", "page_size", "first_page", "cursor", "last_cursor", "next", "key", "more", "empty_page",
        "query",
    ]
    static let decoder = ["charset", "namespaces", "lines", "separator", "header", "wrapper", "unwrap"]
    static let recordSelector = ["records"]
    static let errorHandler = [
        "success", "values", "failure", "transient", "nothing", "expired", "message", "statuses",
    ]
    static let completeness = ["total", "query"]
    static let incrementalSync = ["format", "zone", "resume"]
    static let delivery = [
        "folder", "ready", "control", "columns", "data", "entries", "files", "name", "count", "size", "digest",
        "algorithm",
    ]
    static let program = [
        "command", "arguments", "stream", "config", "catalog", "discover", "catalog_option", "replication_method",
        "replication_key", "time_limit", "memory_limit",
    ]

    /// Every key of a manifest by its full name, such as `paginator.cursor`; a parameter's are below `parameters.*`.
    static var all: Set<String> {
        (head + parts + deliveryParts).with([
            "parameters.*": parameter, "requester": requester, "paginator": paginator, "decoder": decoder,
            "record_selector": recordSelector, "error_handler": errorHandler, "completeness": completeness,
            "incremental_sync": incrementalSync, "delivery": delivery, "program": program,
        ])
    }
}

/// Every key that a transcript may have.
enum TranscriptKeys {
    static let head = [
        "title", "base", "with", "columns", "since", "etag", "state", "exchanges", "deliveries", "delivers",
    ]
    static let since = ["parameter", "last", "look_back"]
    static let exchange = ["request", "headers", "body", "answer"]
    static let answer = ["status", "headers", "body"]
    static let programExchange = ["request", "files", "answer"]
    static let programAnswer = ["status", "body", "log"]

    /// Every key by its full name, such as `exchanges.answer.status`.
    static var all: Set<String> {
        head.with([
            "since": since, "exchanges": exchange + programExchange, "exchanges.answer": answer + programAnswer,
        ])
    }
}
