import Model
import Parsing

/// What is asked of hostile bodies: every kind of path that entries use.
enum Specifications {
    static let xml: [ParseSpecification] = [
        make(
            .xml, "/r/l/p:i", ["@id", "名", "g", "g/b", "g/text()", "x[@k='v']/y", "z[2]", "."],
            document: ["/r/@a", "r/t"], markup: [2, 3, 7]),
        make(
            .xml, "r/i", ["a", "a/text()", "*", "p:b/@c", "g[k='v']/a", "g[@k='1'][k/@c='v']"],
            document: ["/r/code", "/r/message"]),
        make(.xml, "/r/i", ["PAYLOAD{xml}/a/b", "D{json}/a", "E{base64,gzip,json}/a", "g"], markup: [3]),
        wrapped(.xml, "/r/row", within: "/e/return", .xml, columns: ["a", "."], values: ["/e/code", "/r/code"]),
        make(.xml, "r/i", ["a", "b"], document: ["/r/code"], limits: small, markup: [1]),
    ]

    static let json: [ParseSpecification] = [
        make(.json, "rows", ["名", "n", "g", "g.c", "g.c[0]", "t"], document: ["code", "total"]),
        make(.json, "", ["a", "b.c", ""], document: ["a"], isLines: true),
        make(.json, "/data/rows", ["a", "/0", "['x.y'][1]"], document: ["/data/0", "/success"]),
        make(.json, "", ["links[?(@.rel=='next')].href", "a"], document: []),
        make(.json, "rows", ["P{json}/a", "X{xml}/r/a", "B{base64,gzip,json}/a"], document: ["m{json}/code"]),
        wrapped(.json, "/rows", within: "/data", .json, columns: ["a", "b"], values: ["/code", "/total"]),
        make(.json, "rows", ["a", "g"], document: ["code"], limits: small),
    ]

    static let csv: [ParseSpecification] = [
        make(.csv, "", ["编号", "名称", "a"]), make(.csv, "", ["1", "3"], csv: CSVForm(hasHeader: false)),
        make(.csv, "", ["a", "b"], csv: CSVForm(separator: UInt8(ascii: "\t"))),
        make(.csv, "", ["a", "b"], limits: small),
    ]

    /// So small that short inputs reach them.
    private static let small = ParseLimits(
        depth: 6, valueBytes: 64, recordBytes: 96, attributes: 4, nameBytes: 16, markupBytes: 128, inflatedBytes: 4096)

    private static func path(_ text: String, _ format: SourceFormat) -> SourcePath {
        do {
            return try SourcePath(text, format: format, namespaces: ["p": "urn:p"])
        } catch {
            // Left out, it would leave what it stands for untried.
            fatalError("\(text): \(error.message)")
        }
    }

    private static func make(
        _ format: SourceFormat, _ records: String, _ columns: [String], document: [String] = [],
        isLines: Bool = false, csv: CSVForm = CSVForm(), limits: ParseLimits = ParseLimits(), markup: Set<Int> = []
    ) -> ParseSpecification {
        var specification = ParseSpecification(
            format: format, records: path(records, format), columns: columns.map { path($0, format) },
            document: document.map { path($0, format) }, isLines: isLines, csv: csv, limits: limits)
        specification.markup = markup
        return specification
    }

    private static func wrapped(
        _ format: SourceFormat, _ records: String, within wrapper: String, _ outer: SourceFormat, columns: [String],
        values: [String]
    ) -> ParseSpecification {
        let whole = path(wrapper, outer)
        var specification = make(format, records, columns)
        let (holder, value) = outer == .xml ? (whole, path(".", .xml)) : whole.split
        specification.wrapping = Wrapping(
            records: holder, value: value, steps: [],
            values: values.map { Wrapping.Value(outer: path($0, outer), inner: path($0, format)) })
        return specification
    }
}
