import Model

/// Turns the chunks of one body into records; made, fed and finished inside one task.
///
/// A chunk may end anywhere, within a character too. Only whole records enter the batch, so that it may be taken away
/// after any `feed`. After a fault the parser is of no further use.
public protocol RecordParser: AnyObject {
    /// Reads a chunk and appends the records that it completes.
    ///
    /// - Throws: `source.malformed`, `source.encoding`, `source.too-large`, `source.unexpected`.
    func feed(_ bytes: UnsafeRawBufferPointer, into batch: inout RawBatch) throws(Fault)

    /// Says that the body is over.
    ///
    /// - Throws: what `feed` throws, and `source.truncated` for a body that breaks off.
    func finish(into batch: inout RawBatch) throws(Fault) -> DocumentValues

    /// What was met so far.
    var document: DocumentValues { get }
}

extension RecordParser {
    /// Reads a chunk that is an array.
    public func feed(_ chunk: [UInt8], into batch: inout RawBatch) throws(Fault) {
        // The fault is carried out by hand: the compiler cannot hand a typed error through `withUnsafeBytes`.
        let fault = chunk.withUnsafeBytes { bytes -> Fault? in
            do throws(Fault) {
                try feed(bytes, into: &batch)
                return nil
            } catch {
                return error
            }
        }
        if let fault { throw fault }
    }
}

/// Makes the parser for one body.
///
/// - Parameters:
///   - page: the number of the page, for the records' locators.
///   - charset: what is known of the body's encoding beside the body itself.
///   - multipart: how the body holds its document among other parts, whose heads say what `charset` does not set.
///   - recordsBefore: how many records of the page came in another body: the first one here has the next number.
/// - Throws: `catalogue.adapter-invalid` where the paths contradict each other, `source.encoding` for a charset nobody knows.
public func makeParser(
    _ specification: ParseSpecification, page: Int32, charset: CharsetHint = CharsetHint(),
    multipart: MultipartForm? = nil, recordsBefore: Int = 0
) throws(Fault) -> any RecordParser {
    if let multipart {
        return try MultipartParser(multipart, values: specification.document.count) { said throws(Fault) in
            let hint = CharsetHint(setting: charset.setting, header: said.header)
            return try makeParser(specification, page: page, charset: hint)
        }
    }
    let paths = [specification.records] + specification.columns + specification.document
    for path in paths where path.format != specification.format {
        throw Fault(
            .badAdapter,
            "the path \(path.text) is one of \(path.format.rawValue), the body is \(specification.format.rawValue)"
        )
    }
    var specification = specification
    if specification.time == nil {
        specification.time = ParseTime(specification.clock, seconds: specification.limits.seconds)
    }
    if let wrapping = specification.wrapping {
        return try UnwrappingParser(specification, wrapping, page: page, charset: charset)
    }
    let looking = try SecondLookParser(specification) { first throws(Fault) in
        try makeParser(first, page: page, charset: charset, recordsBefore: recordsBefore)
    }
    if let looking { return looking }
    switch specification.format {
    case .json:
        return try JSONRecordParser(specification, page: page, charset: charset, recordsBefore: recordsBefore)
    case .xml: return try XMLRecordParser(specification, page: page, charset: charset, recordsBefore: recordsBefore)
    case .csv: return try CSVRecordParser(specification, page: page, charset: charset, recordsBefore: recordsBefore)
    }
}
