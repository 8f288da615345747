import Foundation
import Model
import Parsing

/// Which data files a delivery has, by what its marker says.
enum ControlFile: Sendable {
    /// By names: a pattern in which `{stem}` is the marker's name without its last extension.
    case stem(NamePattern)
    /// Lines of text: a name each, and what else is said of the file.
    case list(ControlList)
    /// A document with an element for each file.
    case document(ControlDocument)

    static let filesAtMost = 1000

    /// What a control file says of one data file, as it is written.
    struct Line {
        var name: String
        var count: String?
        var size: String?
        var digest: String?
    }

    /// The files that a marker stands for, those that are not in the folder too.
    ///
    /// - Parameters:
    ///   - names: what is in the folder beside markers, in order.
    ///   - bytes: the marker's content.
    ///   - digest: which digest it gives, where it does not say so itself.
    ///   - charset: that of the data files: a control file that is not in UTF-8 is in it, too.
    /// - Throws: `source.malformed` and `source.encoding` for a control file that cannot be read, `source.address-forbidden`
    ///   for a name that leads out of the folder, `source.too-large` for too many.
    func files(
        of marker: FileName, bytes: [UInt8], among names: [FileName], digest: ExpectedDigest.Algorithm?,
        charset: String? = nil
    ) throws(Fault) -> [Delivery.File] {
        let isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        let hint = CharsetHint(setting: isUTF8 ? nil : charset)
        let files: [Delivery.File]
        switch self {
        case .stem(let pattern):
            let own = pattern.with(stem: marker.stem)
            files = names.filter { own.matches($0.text) }.map { Delivery.File(name: $0) }
        case .list(let list):
            let text = String(decoding: try utf8(bytes, format: .csv, charset: hint), as: UTF8.self)
            files = try list.files(text, algorithm: digest)
        case .document(let document): files = try document.files(bytes, charset: hint, algorithm: digest)
        }
        guard files.count <= Self.filesAtMost else {
            throw Fault(
                .sourceTooLarge, "\(marker.text) stands for more than \(Self.filesAtMost) files.",
                advice: "Ask the department for fewer and larger files.")
        }
        return files
    }

    /// The file of a name, with what a control file says about it.
    static func file(
        _ line: Line, algorithm: ExpectedDigest.Algorithm?
    ) throws(Fault) -> Delivery.File {
        let name = line.name
        guard let plain = FileName(name) else {
            throw Fault(
                .sourceForbidden,
                "The control file names '\(Verdict.plain(name, 80))', which is no name of a file beside it.",
                advice: "Ask the department for names without folders.")
        }
        var file = Delivery.File(name: plain)
        file.count = try number(line.count, "number of records", of: name)
        file.size = try number(line.size, "size", of: name)
        if let digest = line.digest, !digest.isEmpty {
            guard let expected = ExpectedDigest(digest, declared: algorithm) else {
                throw malformed("the digest of \(name) is no MD5, SHA-256 or SM3 in hexadecimal digits")
            }
            file.digest = expected
        }
        return file
    }

    private static func number(_ text: String?, _ what: String, of name: String) throws(Fault) -> Int? {
        guard let text, !text.isEmpty else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw malformed("the \(what) of \(name) is '\(Verdict.plain(text, 40))'")
        }
        return number
    }

    static func malformed(_ what: String) -> Fault {
        Fault(
            .sourceMalformed, "The control file cannot be read: \(what).",
            advice: "Compare it with what the entry says of control files.")
    }
}

/// A control file that is a small document: where in it the files are, and what is said of each.
struct ControlDocument: Sendable {
    let specification: ParseSpecification

    /// - Throws: `catalogue.adapter-invalid` for a path that cannot be read.
    init(
        format: SourceFormat, files: String, name: String, count: String?, size: String?, digest: String?
    ) throws(Fault) {
        let reader = PathReader(format: format, namespaces: [:])
        // A column that is not wanted is one that is nowhere.
        let columns = [name, count, size, digest].map { $0 ?? "huitong-none" }
        var paths: [SourcePath] = []
        for column in columns { paths.append(try reader.path(column)) }
        specification = ParseSpecification(format: format, records: try reader.path(files), columns: paths)
    }

    func files(
        _ bytes: [UInt8], charset: CharsetHint, algorithm: ExpectedDigest.Algorithm?
    ) throws(Fault) -> [Delivery.File] {
        let parser = try Parsing.makeParser(specification, page: 1, charset: charset)
        var batch = RawBatch(columns: specification.columns.count)
        try parser.feed(bytes, into: &batch)
        let values = try parser.finish(into: &batch)
        guard values.hasRecords else { throw ControlFile.malformed("there is no \(specification.records.text)") }
        var files: [Delivery.File] = []
        for index in 0..<batch.count {
            guard let name = batch.string(index, 0) else {
                throw ControlFile.malformed("file \(index + 1) has no \(specification.columns[0].text)")
            }
            let line = ControlFile.Line(
                name: Self.trimmed(name), count: batch.string(index, 1).map(Self.trimmed),
                size: batch.string(index, 2).map(Self.trimmed), digest: batch.string(index, 3).map(Self.trimmed))
            files.append(try ControlFile.file(line, algorithm: algorithm))
        }
        return files
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
