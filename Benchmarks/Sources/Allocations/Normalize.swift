import District
import Model
import Normalizing

/// Normalising: batches of a thousand records, into one that is emptied and kept, as a transfer does it.
struct Normalize {
    private let raw: RawBatch
    private let batches: Int

    init(_ records: Int) throws {
        raw = try Body.batch(records: 1000)
        batches = records / 1000
    }

    func run() throws {
        var normalizer = try Self.normalizer()
        var batch = RecordBatch(columns: Self.entry.fields.count)
        for _ in 0..<batches {
            batch.removeAll()
            normalizer.normalize(raw, into: &batch)
        }
    }

    static func normalizer() throws -> Normalizer {
        try Normalizer(entry: entry, lists: [:], digestKey: [1, 2, 3], today: "2026-11-23")
    }

    /// The register's records in the order of the generator's fields, with a type for each that has one.
    static let entry = Entry(
        name: "entity", title: "登记主体", department: "register",
        source: Entry.Source(system: "register", adapter: "http-json"), key: ["tyshxydm"],
        fields: EntityGenerator.fields.map { name in
            Field(
                name: name.lowercased(), title: name, source: .path(name), type: types[name] ?? .text,
                unit: name == "ZCZB" ? UnitConversion(from: "万元", to: "元") : nil, isRequired: name == "TYSHXYDM",
                isIndexed: name == "HYDM" || name == "QH", grade: name == "FDDBRZJH" ? 3 : 1)
        })

    private static let types: [String: FieldType] = [
        "TYSHXYDM": .uscc, "FDDBRZJH": .citizenID, "ZCZB": .decimal, "CLRQ": .date, "HZRQ": .date, "JYQXZ": .date,
        "CYRS": .integer, "BBH": .integer, "GXSJ": .datetime,
    ]
}
