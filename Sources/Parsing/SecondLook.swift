import Model

/// What is taken out of a value once it was read whole: one of several objects, or a value within a document.
struct SecondLook {
    private let kind: Kind
    private let limits: ParseLimits
    private let time: ParseTime?

    private enum Kind {
        case choice(SourcePath.Choice)
        case document(SourcePath.Inside)
    }

    /// A value as a second look finds it.
    struct Found {
        var kind = RawBatch.Kind.missing
        var bytes: [UInt8] = []

        /// nil for null, and for nothing.
        var text: String? {
            switch kind {
            case .missing, .null: nil
            case .true: "true"
            case .false: "false"
            case .text, .number, .structure, .broken: String(decoding: bytes, as: UTF8.self)
            }
        }
    }

    /// Nil for a path that needs none.
    init?(_ path: SourcePath, within specification: ParseSpecification) {
        limits = specification.limits
        time = specification.time
        if let inside = path.document {
            kind = .document(inside)
        } else if let choice = path.choice {
            kind = .choice(choice)
        } else {
            return nil
        }
    }

    /// The path that is read first.
    func first(of path: SourcePath) -> SourcePath {
        switch kind {
        case .choice(let choice): choice.array
        case .document: path.wrapper
        }
    }

    /// Looks into a value; one that cannot be opened is `.broken`.
    func find(in kind: RawBatch.Kind, _ value: [UInt8]) -> Found? {
        switch self.kind {
        case .choice(let choice):
            kind == .structure
                ? (try? ChoiceLook([choice], limits: limits, time: time).find(in: value))?.first : nil
        case .document(let inside): kind == .text && !value.isEmpty ? open(inside, value) : nil
        }
    }

    private func open(_ inside: SourcePath.Inside, _ value: [UInt8]) -> Found {
        do throws(Fault) {
            let steps = inside.steps.compactMap { Wrapping.Step($0) }
            var pieces: [[UInt8]] = []
            try Opening(steps, limits: limits).open(value[...]) { bytes throws(Fault) in pieces.append(Array(bytes)) }
            // A text within a document is UTF-8 by now, whatever its own declaration says.
            let charset = steps.isEmpty ? CharsetHint(setting: "UTF-8") : CharsetHint()
            switch inside.path.format {
            case .json, .csv:
                var records = RawBatch(columns: 1)
                let specification = ParseSpecification(
                    format: .json, records: .jsonDocument, columns: [inside.path], limits: limits)
                try read(pieces, specification, charset, into: &records)
                return records.isEmpty ? Found() : Found(records, 0, 0)
            case .xml:
                var records = RawBatch(columns: 0)
                let specification = ParseSpecification(
                    format: .xml, records: try Self.nowhere(), columns: [], document: [inside.path], limits: limits)
                let text = try read(pieces, specification, charset, into: &records)[0]
                return text.map { Found(kind: .text, bytes: Array($0.utf8)) } ?? Found()
            }
        } catch {
            return Found(kind: .broken, bytes: value)
        }
    }

    /// Of an XML document a single value is asked for, and no record.
    private static func nowhere() throws(Fault) -> SourcePath {
        do {
            return try SourcePath("/_/_", format: .xml)
        } catch {
            throw Fault(.defect, error.message)
        }
    }

    @discardableResult
    private func read(
        _ pieces: [[UInt8]], _ specification: ParseSpecification,
        _ charset: CharsetHint = CharsetHint(setting: "UTF-8"), into batch: inout RawBatch
    ) throws(Fault) -> DocumentValues {
        var specification = specification
        specification.time = time
        let parser = try makeParser(specification, page: 1, charset: charset)
        for piece in pieces { try parser.feed(piece, into: &batch) }
        return try parser.finish(into: &batch)
    }
}

extension SecondLook.Found {
    /// A cell of what a second look read.
    init(_ batch: RawBatch, _ record: Int, _ column: Int) {
        let cell = batch.cell(record, column)
        let start = Int(cell.offset)
        self.init(kind: cell.kind, bytes: Array(batch.bytes[start..<start + Int(cell.length)]))
    }
}
