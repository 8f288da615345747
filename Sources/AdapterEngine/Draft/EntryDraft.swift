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
    ///   - records: the path of the records, where they are not the largest list of the answer.
    /// - Throws: `source.malformed`, `source.encoding`, `source.unexpected` for HTML or where there is nothing to read,
    ///   `request.bad-parameter` for a path that leads nowhere.
    public init(body: [UInt8], contentType: String?, url: String, records path: String? = nil) throws(Fault) {
        let format = try Self.format(of: body, contentType: contentType)
        let hint = CharsetHint(header: contentType.flatMap { MediaType($0).charset })
        let text = try utf8(body, format: format, charset: hint)
        let document = try format == .json ? JSONSample.read(text) : XMLSample.read(Self.withoutDeclaration(text))
        let found = try Self.records(in: document, at: path, format: format)
        let columns = SampleColumn.columns(of: found.records).filter { !$0.isFeatureType }
        guard !columns.isEmpty else {
            throw Fault(
                .sourceUnexpected, "the answer has no records to draft an entry from",
                advice: "Ask for an address that answers with records, or name them with --records.")
        }
        let address = DraftAddress(url)
        let surroundings = DraftSurroundings(document, found, format: format)
        let fields = DraftField.fields(of: columns, records: found.records.count, format: format)
        self.records = found.records.count
        yaml =
            DraftText(
                format: format, address: address, surroundings: surroundings, fields: fields,
                records: found.records.count
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

    private static func format(of body: [UInt8], contentType: String?) throws(Fault) -> SourceFormat {
        let head = String(decoding: body.prefix(512), as: UTF8.self).drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        let isMarkup = head.hasPrefix("<")
        if isMarkup, head.lowercased().contains("<html") || head.lowercased().hasPrefix("<!doctype html") {
            throw Fault(
                .sourceUnexpected, "the address answers with a web page, not with JSON or XML",
                advice: "Ask the department for the address of the interface; this may be a sign-in page.")
        }
        if isMarkup { return .xml }
        if head.hasPrefix("{") || head.hasPrefix("[") { return .json }
        let type = contentType?.lowercased() ?? ""
        if type.contains("json") { return .json }
        if type.contains("xml") { return .xml }
        throw Fault(
            .sourceUnexpected, "the address answers with neither JSON nor XML",
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
