import Model
import Parsing

/// How one answer is read: its format and charset, where its records are, and what it says about them.
struct AnswerPlan: Sendable {
    let format: SourceFormat
    let charset: String?
    let columns: [SourcePath]
    let markup: Set<Int>
    let paths: AnswerPaths
    let successValues: [String]

    /// - Throws: `catalogue.adapter-invalid` for a path that cannot be read.
    init(_ order: PlanOrder, _ values: TemplateValues) throws(Fault) {
        let manifest = order.manifest
        let namespaces = Dictionary(
            values.items(manifest.decoder.namespaces).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        let reader = PathReader(format: manifest.format, namespaces: namespaces)
        format = manifest.format
        charset = manifest.decoder.charset.flatMap { values.text($0) }
        columns = try order.entry.readPaths.map { path throws(Fault) in try reader.path(path) }
        markup = order.entry.markupColumns
        paths = try AnswerPaths(manifest, values, reader)
        successValues = values.list(manifest.errorHandler.values)
    }

    /// What a body is asked for.
    var specification: ParseSpecification {
        var wanted = ParseSpecification(
            format: format, records: paths.records, columns: columns, document: paths.document)
        wanted.markup = markup
        return wanted
    }

    /// The parser of one body.
    ///
    /// - Parameters:
    ///   - page: the number of the page, for the records' locators.
    ///   - contentType: the media type that the answer says it has.
    func makeParser(page: Int, contentType: String?) throws(Fault) -> any RecordParser {
        try Parsing.makeParser(
            specification, page: Int32(clamping: page),
            charset: CharsetHint(setting: charset, header: contentType.flatMap { MediaType($0).charset }))
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
