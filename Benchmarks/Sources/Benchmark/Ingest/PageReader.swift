import CCurl
import District
import Model
import Parsing

/// Asks for pages over one kept-alive connection and parses them while they arrive: libcurl and our parser, nothing else.
final class PageReader {
    private let url: String
    private let format: EntityGenerator.Format
    private let handle: UnsafeMutableRawPointer
    private var parser: (any RecordParser)?
    private var batch = RawBatch(columns: EntityGenerator.fields.count)
    private var fault: (any Error)?
    private var bytes = 0

    init(_ setting: Trial.Setting) throws {
        url = setting.url
        format = setting.format
        guard let handle = curl_easy_init() else { throw Failure("libcurl gives no handle") }
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    /// Reads all pages and hands the records over in batches of at least `size`, the last one excepted.
    ///
    /// - Returns: the bytes of all bodies.
    func readAll(batchesOf size: Int, emit: (RawBatch) -> Void) throws -> Int {
        let specification = try Self.specification(format)
        var page: Int32 = 1
        var total = Int.max
        var seen = 0
        while seen < total {
            let before = batch.count
            let document = try read(page, specification)
            guard let promised = document[0].flatMap({ Int($0) }) else { throw Failure("page \(page) has no total") }
            guard batch.count > before || promised == seen else { throw Failure("page \(page) is empty") }
            total = promised
            seen += batch.count - before
            page += 1
            if batch.count >= size || seen >= total {
                emit(batch)
                batch = RawBatch(columns: EntityGenerator.fields.count)
            }
        }
        return bytes
    }

    private func read(_ page: Int32, _ specification: ParseSpecification) throws -> DocumentValues {
        let parser = try makeParser(specification, page: page, charset: CharsetHint())
        self.parser = parser
        _ = huitong_curl_set_string(handle, CURLOPT_URL, "\(url)?pageNo=\(page)")
        _ = huitong_curl_set_long(handle, CURLOPT_BUFFERSIZE, 256 << 10)
        _ = huitong_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, receive)
        _ = huitong_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        let code = curl_easy_perform(handle)
        if let fault { throw fault }
        guard code == CURLE_OK else { throw Failure("page \(page): \(String(cString: curl_easy_strerror(code)))") }
        return try parser.finish(into: &batch)
    }

    fileprivate func take(_ chunk: UnsafeRawBufferPointer) -> Int {
        bytes += chunk.count
        do {
            try parser?.feed(chunk, into: &batch)
            return chunk.count
        } catch {
            fault = error
            return 0
        }
    }

    private static func specification(_ format: EntityGenerator.Format) throws -> ParseSpecification {
        let source: SourceFormat = format == .json ? .json : .xml
        return ParseSpecification(
            format: source,
            records: try SourcePath(format == .json ? "/data/rows" : "/Response/Rows/Row", format: source),
            columns: try EntityGenerator.fields.map { try SourcePath($0, format: source) },
            document: [try SourcePath(format == .json ? "/data/total" : "/Response/Head/Total", format: source)])
    }
}

/// A C function: it must not belong to an actor or a closure's context.
private func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let reader = Unmanaged<PageReader>.fromOpaque(context).takeUnretainedValue()
    return reader.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
}
