import Model

/// The part of a manifest that names a program in place of requests.
extension Reader {
    mutating func program(_ item: Item) -> Manifest.Program? {
        let what = "`program`"
        guard let part = mapping(item, of: what, keys: ManifestKeys.program) else { return nil }
        let command = required("command", in: part, of: what, example: "\"{{command}}\"")
        let stream = required("stream", in: part, of: what, example: "\"{{stream}}\"")
        return Manifest.Program(
            command: command ?? "", arguments: texts(part["arguments"]), stream: stream ?? "",
            config: part["config"].flatMap { documentText($0) }, catalog: part["catalog"].flatMap { documentText($0) },
            discover: text(part["discover"]), catalogOption: text(part["catalog_option"]),
            replicationMethod: text(part["replication_method"]), replicationKey: text(part["replication_key"]),
            timeLimit: text(part["time_limit"]), memoryLimit: text(part["memory_limit"]))
    }
}
