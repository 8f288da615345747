import Foundation
import Model
import Parsing

/// Which data files a delivery has, by what its marker says.
enum ControlFile: Sendable {
    /// By names: a pattern in which `{stem}` is the marker's name without its last extension.
    case stem(NamePattern)
    /// Lines of text: a name each, with the number of records and the digest in any order.
    case list
    /// A document with an element for each file.
    case document(ControlDocument)

    static let filesAtMost = 1000

    /// The files that a marker stands for, those that are not in the folder too.
    ///
    /// - Parameters:
    ///   - names: what is in the folder beside markers, in order.
    ///   - bytes: the marker's content.
    ///   - digest: which digest it gives, where it does not say so itself.
    /// - Throws: `source.malformed` for a control file that cannot be read, `source.address-forbidden` for a name that leads
    ///   out of the folder, `source.too-large` for too many.
    func files(
        of marker: FileName, bytes: [UInt8], among names: [FileName], digest: ExpectedDigest.Algorithm?
    ) throws(Fault) -> [Delivery.File] {
        let files: [Delivery.File]
        switch self {
        case .stem(let pattern):
            let own = pattern.with(stem: marker.stem)
            files = names.filter { own.matches($0.text) }.map { Delivery.File(name: $0) }
        case .list: files = try Self.lines(bytes, algorithm: digest)
        case .document(let document): files = try document.files(bytes, algorithm: digest)
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
        _ name: String, count: String?, digest: String?, algorithm: ExpectedDigest.Algorithm?
    ) throws(Fault) -> Delivery.File {
        guard let plain = FileName(name) else {
            throw Fault(
                .sourceForbidden,
                "The control file names '\(Verdict.plain(name, 80))', which is no name of a file beside it.",
                advice: "Ask the department for names without folders.")
        }
        var file = Delivery.File(name: plain)
        if let count, !count.isEmpty {
            guard let number = Int(count), number >= 0 else {
                throw malformed("the number of records of \(name) is '\(Verdict.plain(count, 40))'")
            }
            file.count = number
        }
        if let digest, !digest.isEmpty {
            guard let expected = ExpectedDigest(digest, declared: algorithm) else {
                throw malformed("the digest of \(name) is no MD5, SHA-256 or SM3 in hexadecimal digits")
            }
            file.digest = expected
        }
        return file
    }

    static func malformed(_ what: String) -> Fault {
        Fault(
            .sourceMalformed, "The control file cannot be read: \(what).",
            advice: "Compare it with what the entry says of control files.")
    }

    private static func lines(_ bytes: [UInt8], algorithm: ExpectedDigest.Algorithm?) throws(Fault) -> [Delivery.File] {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Fault(
                .sourceEncoding, "The control file is not in UTF-8.", advice: "Ask the department for names in ASCII.")
        }
        var files: [Delivery.File] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingCharacters(in: .whitespaces).trimmingPrefix("\u{feff}")
            if line.isEmpty || line.hasPrefix("#") { continue }
            files.append(try file(ofLine: String(line), algorithm: algorithm))
        }
        return files
    }

    /// A word of 32 or 64 hexadecimal digits is a digest, one of digits alone a number of records, what is left the name.
    private static func file(ofLine line: String, algorithm: ExpectedDigest.Algorithm?) throws(Fault) -> Delivery.File {
        let hasSigns = line.contains { ",|\t;".contains($0) }
        let words = line.split { hasSigns ? ",|\t;".contains($0) : $0.isWhitespace }
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        var name: String?
        var count: String?
        var digest: String?
        for word in words {
            if digest == nil, ExpectedDigest(word, declared: algorithm) != nil {
                digest = word
            } else if count == nil, word.utf8.count < 16, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                count = word
            } else if name == nil {
                // md5sum and sha256sum mark a binary file with an asterisk.
                name = word.hasPrefix("*") ? String(word.dropFirst()) : word
            } else {
                throw malformed("'\(Verdict.plain(line, 120))' has more than a name, a number and a digest")
            }
        }
        guard let name else { throw malformed("'\(Verdict.plain(line, 120))' has no name") }
        return try file(name, count: count, digest: digest, algorithm: algorithm)
    }
}

/// A control file that is a small document: where in it the files are, and what is said of each.
struct ControlDocument: Sendable {
    let specification: ParseSpecification

    /// - Throws: `catalogue.adapter-invalid` for a path that cannot be read.
    init(format: SourceFormat, files: String, name: String, count: String?, digest: String?) throws(Fault) {
        let reader = PathReader(format: format, namespaces: [:])
        // A column that is not wanted is one that is nowhere.
        let columns = [name, count ?? "huitong-none", digest ?? "huitong-none"]
        var paths: [SourcePath] = []
        for column in columns { paths.append(try reader.path(column)) }
        specification = ParseSpecification(format: format, records: try reader.path(files), columns: paths)
    }

    func files(_ bytes: [UInt8], algorithm: ExpectedDigest.Algorithm?) throws(Fault) -> [Delivery.File] {
        let parser = try Parsing.makeParser(specification, page: 1)
        var batch = RawBatch(columns: 3)
        try parser.feed(bytes, into: &batch)
        let values = try parser.finish(into: &batch)
        guard values.hasRecords else { throw ControlFile.malformed("there is no \(specification.records.text)") }
        var files: [Delivery.File] = []
        for index in 0..<batch.count {
            guard let name = batch.string(index, 0) else {
                throw ControlFile.malformed("file \(index + 1) has no \(specification.columns[0].text)")
            }
            files.append(
                try ControlFile.file(
                    Self.trimmed(name), count: batch.string(index, 1).map(Self.trimmed),
                    digest: batch.string(index, 2).map(Self.trimmed), algorithm: algorithm))
        }
        return files
    }

    private static func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
