import Model
import Parsing

/// All that a parser says of a body, in a form that compares.
enum BodyReading: Equatable {
    case refused(FaultCode)
    case read(kinds: [UInt8], values: [String], locators: [SourceLocator], document: [String?], hasRecords: Bool)

    init(
        _ pieces: [[UInt8]], _ specification: ParseSpecification, _ charset: CharsetHint, _ multipart: MultipartForm?
    ) throws {
        do throws(Fault) {
            let parser = try makeParser(specification, page: 1, charset: charset, multipart: multipart)
            var batch = RawBatch(columns: specification.columns.count)
            for piece in pieces { try parser.feed(piece, into: &batch) }
            let document = try parser.finish(into: &batch)
            let places = specification.wrapping?.values.indices ?? specification.document.indices
            self = .read(
                kinds: batch.cells.map(\.kind.rawValue),
                values: (0..<batch.count).flatMap { record in
                    (0..<batch.columns).map { batch.string(record, $0) ?? "" }
                },
                locators: batch.locators, document: places.map { document[$0] }, hasRecords: document.hasRecords)
        } catch {
            self = .refused(error.code)
        }
        guard case .read(_, let values, _, _, _) = self else { return }
        // Every value is UTF-8: bytes that are not would have become U+FFFD, which bodies in UTF-8 may hold themselves.
        try FuzzTarget.require(values.count <= 1 << 20, "a small body has \(values.count) values")
    }

    /// Reads a body whole, cut in two and byte by byte, which must come to the same.
    static func compare(
        _ body: [UInt8], cutAt place: Int, _ specification: ParseSpecification, _ charset: CharsetHint = CharsetHint(),
        multipart: MultipartForm? = nil
    ) throws {
        let whole = try BodyReading([body], specification, charset, multipart)
        let place = body.isEmpty ? 0 : place % (body.count + 1)
        let halves = [Array(body[..<place]), Array(body[place...])]
        let cut = try BodyReading(halves, specification, charset, multipart)
        try FuzzTarget.require(
            cut.isSame(as: whole, specification.limits), "cut at \(place), the body reads as \(cut) and not \(whole)")
        guard body.count <= 256 else { return }
        let single = try BodyReading(body.map { [$0] }, specification, charset, multipart)
        try FuzzTarget.require(
            single.isSame(as: whole, specification.limits), "byte by byte, the body reads as \(single) and not \(whole)"
        )
    }

    /// A body with several faults is refused for the one that is met first, which depends on how much comes at once; so does
    /// whether small limits are met.
    private func isSame(as other: BodyReading, _ limits: ParseLimits) -> Bool {
        if self == other { return true }
        if case .refused = self, case .refused = other { return true }
        return limits != ParseLimits() && [self, other].contains(.refused(.sourceTooLarge))
    }
}
