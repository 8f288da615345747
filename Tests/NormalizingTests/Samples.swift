import Model

@testable import Normalizing

/// A raw value as a test writes it.
enum Raw {
    case missing, null, yes, no
    case text(String)
    case number(String)
    case structure(String)
}

extension Raw: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .text(value) }
}

func field(
    _ name: String, _ type: FieldType = .text, list: String? = nil, map: [String: String] = [:], absent: [String] = [],
    format: String? = nil, unit: UnitConversion? = nil, crs: String? = nil, required: Bool = false, grade: Int = 1,
    source: FieldSource? = nil
) -> Field {
    Field(
        name: name, title: "数据项", source: source ?? .path(name), type: type, list: list, map: map, absent: absent,
        format: format, unit: unit, crs: crs, isRequired: required, grade: grade)
}

func entry(_ fields: [Field], key: [String]? = nil, delivery: Entry.Delivery = .snapshot) -> Entry {
    Entry(
        name: "sample", title: "样例", department: "d", source: Entry.Source(system: "s", adapter: "a"),
        delivery: delivery, key: key ?? [fields[0].name], fields: fields)
}

func rawBatch(_ records: [[Raw]], columns: Int) -> RawBatch {
    var batch = RawBatch(columns: columns)
    for (number, record) in records.enumerated() {
        batch.beginRecord(at: SourceLocator(page: 1, record: Int32(number + 1)))
        for (column, raw) in record.enumerated() {
            func set(_ kind: RawBatch.Kind, _ text: String) {
                Array(text.utf8).withUnsafeBytes { batch.set(column, kind, $0) }
            }
            switch raw {
            case .missing: break
            case .null: set(.null, "")
            case .yes: set(.true, "")
            case .no: set(.false, "")
            case .text(let text): set(.text, text)
            case .number(let text): set(.number, text)
            case .structure(let text): set(.structure, text)
            }
        }
    }
    return batch
}

let sampleLists: [String: CodeList] = [
    "status": CodeList(
        name: "status", title: "经营状态",
        codes: [
            .init(code: "1", title: "存续", titleEnglish: "Active"),
            .init(code: "4", title: "注销", validTo: "2026-11-23"),
            .init(code: "5", title: "旧", validTo: "2020-12-31", successor: "1"), .init(code: "6", title: "同名"),
            .init(code: "7", title: "同名"), .init(code: "8", title: "存续", validTo: "2000-01-01"),
        ]),
    "divisions": CodeList(
        name: "divisions", title: "区划",
        codes: [
            .init(code: "430000000000", title: "湖南省"), .init(code: "430100000000", title: "长沙市"),
            .init(code: "430112000000", title: "望城区", validFrom: "2011-05-20"),
            .init(code: "430122000000", title: "望城县", validTo: "2011-05-19", successor: "430112000000"),
            .init(code: "430112001000", title: "街道"), .init(code: "430112001002", title: "社区"),
        ]),
]

func normalizer(_ entry: Entry) throws(Fault) -> Normalizer {
    try Normalizer(entry: entry, lists: sampleLists, digestKey: Array("secret".utf8), today: "2026-11-23")
}

func normalize(_ entry: Entry, _ records: [[Raw]]) throws(Fault) -> RecordBatch {
    var normalizer = try normalizer(entry)
    var batch = RecordBatch(columns: entry.fields.count)
    normalizer.normalize(rawBatch(records, columns: entry.readPaths.count), into: &batch)
    return batch
}

/// The normal form of one value, or the rule it breaks.
func result(_ raw: Raw, _ field: Field) throws(Fault) -> String {
    let batch = try normalize(entry([Normalized.key, field]), [["k", raw]])
    let value = batch.string(0, 1)
    let rules = batch.findings.map(\.rule)
    return ([value ?? "-"] + rules).joined(separator: " ")
}

enum Normalized {
    static let key = field("k")
}
