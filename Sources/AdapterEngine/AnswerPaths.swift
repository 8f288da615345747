import Model
import Parsing

/// Where in an answer the records are, and what is said about them.
struct AnswerPaths: Sendable {
    let records: SourcePath
    /// All single values, as a parser is asked for them; the others are indexes into it.
    let document: [SourcePath]
    let success: Int?
    let message: Int?
    let total: Int?
    let cursor: Int?

    init(_ manifest: Manifest, _ values: TemplateValues, _ reader: PathReader) throws(Fault) {
        records = try reader.path(values.text(manifest.recordSelector.records) ?? "")
        var document: [SourcePath] = []
        func index(_ template: String?) throws(Fault) -> Int? {
            guard let text = template.flatMap({ values.text($0) }) else { return nil }
            document.append(try reader.path(text))
            return document.count - 1
        }
        success = try index(manifest.errorHandler.success)
        message = try index(manifest.errorHandler.message)
        total = try index(manifest.completeness.total)
        cursor = try index(manifest.paginator.cursor)
        self.document = document
    }
}
