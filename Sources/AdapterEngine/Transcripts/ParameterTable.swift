import Model

/// An adapter's parameters as its README shows them: a table between two marks, written from the manifest.
public struct ParameterTable: Sendable {
    private let manifest: Manifest

    static let start = "<!-- parameters: written by `make record` -->"
    static let end = "<!-- end of parameters -->"

    public init(_ manifest: Manifest) { self.manifest = manifest }

    /// The table, in the order of the manifest.
    public var markdown: String {
        let rows = manifest.parameters.map { parameter in
            let kind =
                parameter.choices.isEmpty
                ? parameter.type.rawValue : parameter.choices.map { "`\($0)`" }.joined(separator: ", ")
            return "| `\(parameter.name)` | \(kind) | \(Self.standard(parameter)) | \(Self.cell(parameter.about)) |"
        }
        return (["| Parameter | Type | Default | What it says |", "|---|---|---|---|"] + rows).joined(separator: "\n")
    }

    /// A README with the table in its place; nil where it has no place for it.
    public func inserted(into readme: String) -> String? {
        guard let start = readme.firstRange(of: Self.start), let end = readme.firstRange(of: Self.end) else {
            return nil
        }
        return readme[..<start.upperBound] + "\n" + markdown + "\n" + readme[end.lowerBound...]
    }

    private static func standard(_ parameter: Manifest.Parameter) -> String {
        if parameter.isRequired { return "required" }
        switch parameter.standard {
        case nil: return ""
        case .text(let text): return text.isEmpty || text.contains("{{") ? "" : "`\(text)`"
        case .number(let number): return String(number)
        case .flag(let flag): return String(flag)
        case .list(let values): return "`\(values.joined(separator: " "))`"
        case .pairs(let pairs): return pairs.keys.sorted().map { "`\($0)`" }.joined(separator: " ")
        }
    }

    private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
