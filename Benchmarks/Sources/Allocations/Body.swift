import District
import Model
import Parsing

/// A register's records as a body of each format, and how to read it: 20 fields, half Chinese.
enum Body {
    enum Format: String, CaseIterable {
        case json, xml, csv
    }

    static func bytes(_ format: Format, records: Int, edition: EntityGenerator.Edition = .first) -> [UInt8] {
        let generator = EntityGenerator(count: records, pageSize: records)
        switch format {
        case .json: return generator.page(1, format: .json, edition: edition)
        case .xml: return generator.page(1, format: .xml, edition: edition)
        case .csv: return table(generator)
        }
    }

    static func specification(_ format: Format) throws -> ParseSpecification {
        let source: SourceFormat =
            switch format {
            case .json: .json
            case .xml: .xml
            case .csv: .csv
            }
        let records =
            switch format {
            case .json: "/data/rows"
            case .xml: "/Response/Rows/Row"
            case .csv: ""
            }
        return ParseSpecification(
            format: source, records: try SourcePath(records, format: source),
            columns: try EntityGenerator.fields.map { try SourcePath($0, format: source) })
    }

    /// The batch that a parser makes of the body.
    static func batch(records: Int, edition: EntityGenerator.Edition = .first) throws -> RawBatch {
        var batch = RawBatch(columns: EntityGenerator.fields.count)
        let parser = try makeParser(specification(.json), page: 1)
        try parser.feed(bytes(.json, records: records, edition: edition), into: &batch)
        _ = try parser.finish(into: &batch)
        return batch
    }

    /// The values of the JSON, parted by commas; none of them has one.
    private static func table(_ generator: EntityGenerator) -> [UInt8] {
        var lines = [EntityGenerator.fields.joined(separator: ",")]
        let text = String(decoding: generator.page(1, format: .json), as: UTF8.self)
        for record in text.split(separator: "{").dropFirst(2) {
            let values = record.split(separator: "\":\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            lines.append(values.joined(separator: ","))
        }
        return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
}
