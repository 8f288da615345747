import Model
import Parsing

/// How one answer is read: its format and charset, where its records are, and what it says about them.
struct AnswerPlan: Sendable {
    let charset: String?
    let paths: AnswerPaths
    let success: SuccessRule
    /// What a body is asked for.
    let specification: ParseSpecification

    /// Which values say that a request succeeded, and what failures mean.
    struct SuccessRule: Sendable {
        var values: [String]
        var transient: [String]
        var nothing: [String]
        var expired: [String]
    }

    /// What is looked for in an answer.
    enum Part: Sendable {
        case all
        /// The records, and all that is said around them but the total.
        case records
        /// The total, in an answer that has no records.
        case total
    }

    /// - Throws: `catalogue.adapter-invalid` for a path that cannot be read.
    init(_ order: PlanOrder, _ values: TemplateValues, _ part: Part = .all) throws(Fault) {
        let manifest = order.manifest
        let namespaces = Dictionary(
            values.items(manifest.decoder.namespaces).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        let opening = try Self.opening(manifest.decoder, values, outer: manifest.format)
        let reader = PathReader(format: opening?.format ?? manifest.format, namespaces: namespaces)
        let outer = opening.map { _ in PathReader(format: manifest.format, namespaces: namespaces) }
        paths = try AnswerPaths(manifest, values, reader, around: outer, part)
        charset = manifest.decoder.charset.flatMap { values.text($0) }
        let handler = manifest.errorHandler
        success = SuccessRule(
            values: values.list(handler.values), transient: values.list(handler.transient),
            nothing: values.list(handler.nothing), expired: values.list(handler.expired))

        var specification = ParseSpecification(
            format: reader.format, records: paths.records,
            columns: try order.entry.readPaths.map { path throws(Fault) in try reader.path(path) },
            document: paths.values.compactMap { outer == nil ? $0.inner : nil })
        specification.markup = order.entry.markupColumns
        specification.isLines = values.flag(manifest.decoder.lines)
        specification.csv = try Self.csv(manifest.decoder, values)
        if let outer, let opening {
            specification.wrapping = try Self.wrapping(opening, in: outer, values: paths.values)
        }
        self.specification = specification
    }

    /// Whether the total stands where the records of a page are: a source may answer a request for it with one row.
    static func hasTotalAmongRecords(_ manifest: Manifest, _ values: TemplateValues) throws(Fault) -> Bool {
        guard manifest.format == .json, let total = manifest.completeness.total.flatMap({ values.text($0) }) else {
            return false
        }
        let reader = PathReader(format: .json, namespaces: [:])
        let records = try reader.path(values.text(manifest.recordSelector.records) ?? "")
        return try reader.path(total).steps.starts(with: records.steps)
    }

    /// The parser of one body.
    ///
    /// - Parameters:
    ///   - page: the number of the page, for the records' locators.
    ///   - contentType: the media type that the answer says it has.
    func makeParser(page: Int, contentType: String?) throws(Fault) -> any RecordParser {
        let type = contentType.map { MediaType($0) }
        return try Parsing.makeParser(
            specification, page: Int32(clamping: page),
            charset: CharsetHint(setting: charset, header: type?.charset), multipart: type?.multipart)
    }

    // MARK: - Forms

    private static func csv(_ decoder: Manifest.Decoder, _ values: TemplateValues) throws(Fault) -> CSVForm {
        let header = decoder.header.flatMap { values.text($0) } != "false"
        guard let text = decoder.separator.flatMap({ values.text($0) }) else { return CSVForm(hasHeader: header) }
        let bytes = text == "tab" ? [UInt8(ascii: "\t")] : Array(text.utf8)
        guard bytes.count == 1, bytes[0] < 0x80, !"\"\r\n".utf8.contains(bytes[0]) else {
            throw SourcePlan.misfit(
                "'\(text)' does not stand between values", advice: "Write one character, or tab.")
        }
        return CSVForm(separator: bytes[0], hasHeader: header)
    }

    /// How the wrapped document is opened.
    private struct Opening {
        var wrapper: String
        var steps: [Wrapping.Step]
        var format: SourceFormat
    }

    /// Nil where nothing is wrapped; without a last step that says what it is, a document is in the format around it.
    private static func opening(
        _ decoder: Manifest.Decoder, _ values: TemplateValues, outer: SourceFormat
    ) throws(Fault) -> Opening? {
        let texts = values.list(decoder.unwrap)
        guard !texts.isEmpty else { return nil }
        guard let wrapper = decoder.wrapper.flatMap({ values.text($0) }) else {
            throw SourcePlan.misfit("`unwrap` needs to know which value it opens", advice: "Give wrapper.")
        }
        var opening = Opening(wrapper: wrapper, steps: [], format: outer)
        for (index, text) in texts.enumerated() {
            let step = Manifest.Decoder.Unwrapping(rawValue: text)
            if let undone = step.flatMap({ Wrapping.Step($0) }) {
                opening.steps.append(undone)
            } else if let format = step?.format, index == texts.count - 1 {
                opening.format = format
            } else {
                throw SourcePlan.misfit(
                    "`unwrap` has no step '\(text)' there",
                    advice: "Write base64 and gzip in the order they are undone, then xml or json.")
            }
        }
        return opening
    }

    /// The last step of the wrapper's path is a value of the records around, which the steps before lead to.
    private static func wrapping(
        _ opening: Opening, in outer: PathReader, values: [Wrapping.Value]
    ) throws(Fault) -> Wrapping {
        let path = try outer.path(opening.wrapper)
        let (records, value) = outer.format == .xml ? (path, try outer.path(".")) : path.split
        return Wrapping(records: records, value: value, steps: opening.steps, values: values)
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
