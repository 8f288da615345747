import Model
import Parsing

/// Where in an answer the records are, and what is said about them.
struct AnswerPaths: Sendable {
    let records: SourcePath
    /// All single values; the others are indexes into it. Of a wrapped document nobody says which of the two documents says
    /// what, so each is looked for in both.
    let values: [Wrapping.Value]
    let success: Int?
    /// The first that an answer has counts.
    let failure: [Int]
    let message: [Int]
    let total: Int?
    let cursor: Int?
    let next: Int?
    let more: Int?
    let resume: Int?

    /// A name that no document has at its top.
    private static let nowhere = "/\u{0}"

    /// - Parameters:
    ///   - reader: reads paths of the document with the records.
    ///   - outer: reads paths of the document around it, where there is one.
    init(
        _ manifest: Manifest, _ texts: TemplateValues, _ reader: PathReader, around outer: PathReader?,
        _ part: AnswerPlan.Part = .all
    ) throws(Fault) {
        records = try reader.path(part == .total ? Self.nowhere : texts.text(manifest.recordSelector.records) ?? "")
        var values: [Wrapping.Value] = []
        func index(_ template: String?) throws(Fault) -> Int? {
            guard let text = template.flatMap({ texts.text($0) }) else { return nil }
            let around = outer.flatMap { try? $0.path(text) }
            let inner = around == nil ? try reader.path(text) : try? reader.path(text)
            values.append(Wrapping.Value(outer: around, inner: inner))
            return values.count - 1
        }
        func indexes(_ templates: [String]) throws(Fault) -> [Int] {
            var found: [Int] = []
            for template in templates { if let index = try index(template) { found.append(index) } }
            return found
        }
        success = try index(manifest.errorHandler.success)
        failure = try indexes(manifest.errorHandler.failure)
        message = try indexes(manifest.errorHandler.message)
        total = part == .records ? nil : try index(manifest.completeness.total)
        cursor = try index(manifest.paginator.cursor)
        next = try index(manifest.paginator.next)
        more = try index(manifest.paginator.more)
        resume = try index(manifest.incrementalSync.resume)
        self.values = values
    }
}
