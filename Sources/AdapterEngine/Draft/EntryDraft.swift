import Model
import Parsing

/// A first entry for a source that nobody has described yet: what an answer of it shows, written as an entry's file.
///
/// What nobody can see from outside says `TODO`: the title, the department and its system, a key where no field looks like
/// one, and the reference system of coordinates that are no degrees. Once these are filled, the catalogue's check accepts it.
public struct EntryDraft: Sendable {
    /// The file's text.
    public let yaml: String
    /// Records that were looked at.
    public let records: Int

    /// Looks at one answer.
    ///
    /// - Parameters:
    ///   - body: as it came, in any charset that `Parsing` reads.
    ///   - url: the address that was asked; what looks like a secret in it is left out.
    ///   - adapters: those that it may be an answer for.
    ///   - records: the path of the records, where they are not the largest list of the answer.
    /// - Throws: `source.malformed`, `source.encoding`, `source.unexpected` for HTML or where there is nothing to read,
    ///   `request.bad-parameter` for a path that leads nowhere.
    public init(
        body: [UInt8], contentType: String?, url: String, adapters: [Manifest] = [], records path: String? = nil
    ) throws(Fault) {
        let (format, text, charset) = try Self.text(of: body, contentType: contentType, url: url)
        var form: [(name: String, value: String)] = charset.map { [("charset", $0)] } ?? []
        let document = try Self.document(text, format, contentType: contentType, form: &form)
        let found = try Self.records(in: document, at: path, format: format)
        let columns = SampleColumn.columns(of: found.records).filter { !$0.isFeatureType }
        guard !columns.isEmpty else {
            throw Fault(
                .sourceUnexpected, "the answer has no records to draft an entry from",
                advice: "Ask for an address that answers with records, or name them with --records.")
        }
        let address = DraftAddress(url)
        var surroundings = DraftSurroundings(document, found, format: format)
        surroundings.parameters += form
        let fields = DraftField.fields(of: columns, records: found.records.count, format: format)
        self.records = found.records.count
        yaml =
            DraftText(
                format: format, address: address, surroundings: surroundings, fields: fields,
                records: found.records.count,
                adapter: Recognition(document, format: format).adapter(among: adapters)
            ).yaml
    }

    private static func records(
        in document: Sample, at path: String?, format: SourceFormat
    ) throws(Fault) -> SampleRecords {
        guard let path else { return SampleRecords(in: document) }
        do {
            return try SampleRecords(in: document, at: SourcePath(path, format: format))
        } catch let error as SourcePath.Invalid {
            throw Fault(
                .badParameter, "the path '\(path)' cannot be read: \(error.message)", advice: "Correct --records.",
                context: ["parameter": "records"])
        } catch let error as Fault {
            throw error
        } catch {
            throw Fault(.defect, "an error of unknown kind", advice: nil)
        }
    }

    /// The format, and the body as UTF-8. Bytes that are no UTF-8, though nobody names a charset, are read as GB18030, which
    /// contains GBK; then the entry has to name it.
    private static func text(
        of body: [UInt8], contentType: String?, url: String
    ) throws(Fault) -> (SourceFormat, [UInt8], charset: String?) {
        let format = try format(of: body, contentType: contentType, url: url)
        let header = contentType.flatMap { MediaType($0).charset }
        do throws(Fault) {
            return (format, try utf8(body, format: format, charset: CharsetHint(header: header)), nil)
        } catch {
            guard error.code == .sourceEncoding, header == nil, format != .xml else { throw error }
            let hint = CharsetHint(setting: "GB18030")
            guard let text = try? utf8(body, format: format, charset: hint) else { throw error }
            return (format, text, "GB18030")
        }
    }

    /// The document, and the parameters that say how it is written.
    private static func document(
        _ text: [UInt8], _ format: SourceFormat, contentType: String?, form: inout [(name: String, value: String)]
    ) throws(Fault) -> Sample {
        switch format {
        case .xml: return try XMLSample.read(withoutDeclaration(text))
        case .json where LinesSample.isLines(text, contentType: contentType):
            form.append(("lines", "true"))
            return try LinesSample.read(text)
        case .json: return try JSONSample.read(text)
        case .csv:
            let sample = try CSVSample(text)
            form += sample.parameters
            return sample.document
        }
    }

    private static func format(of body: [UInt8], contentType: String?, url: String) throws(Fault) -> SourceFormat {
        let head = String(decoding: body.prefix(512), as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let isMarkup = head.hasPrefix("<")
        if isMarkup, head.lowercased().contains("<html") || head.lowercased().hasPrefix("<!doctype html") {
            throw Fault(
                .sourceUnexpected, "the address answers with a web page, not with JSON, XML or CSV",
                advice: "Ask the department for the address of the interface; this may be a sign-in page.")
        }
        if isMarkup { return .xml }
        if head.hasPrefix("{") || head.hasPrefix("[") { return .json }
        let type = contentType?.lowercased() ?? ""
        if type.contains("json") { return .json }
        if type.contains("xml") { return .xml }
        let path = url.lowercased().prefix { $0 != "?" && $0 != "#" }
        let isNamed =
            type.contains("csv") || type.contains("tab-separated") || path.hasSuffix(".csv") || path.hasSuffix(".tsv")
        if isNamed || CSVSample.looksLikeRows(body) { return .csv }
        throw Fault(
            .sourceUnexpected, "the address answers with neither JSON nor XML nor CSV",
            advice: "Ask the department for an interface that does.")
    }

    /// The text is UTF-8 now, whatever its declaration says.
    private static func withoutDeclaration(_ text: [UInt8]) -> [UInt8] {
        guard text.starts(with: "<?xml".utf8), let end = text.firstIndex(of: UInt8(ascii: ">")) else { return text }
        return Array(text[(end + 1)...])
    }
}

extension SampleColumn {
    /// What every feature of GeoJSON says.
    fileprivate var isFeatureType: Bool {
        path == ["type"] && !values.isEmpty && values.allSatisfy { $0.text == "Feature" }
    }
}
