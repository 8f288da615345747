import Model
import Parsing

/// Parsing, as a transfer does it: chunks as they come from a socket, and the batch emptied when it is full.
struct Parse {
    private let body: [UInt8]
    private let specification: ParseSpecification

    private static let chunk = 64 << 10

    init(_ format: Body.Format, _ records: Int) throws {
        body = Body.bytes(format, records: records)
        specification = try Body.specification(format)
    }

    func run() throws {
        let parser = try makeParser(specification, page: 1)
        var batch = RawBatch(columns: specification.columns.count)
        try body.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                try parser.feed(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.chunk)), into: &batch)
                rest = rest.dropFirst(Self.chunk)
                if batch.count >= 1000 { batch.removeAll() }
            }
        }
        _ = try parser.finish(into: &batch)
    }
}
