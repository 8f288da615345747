import Model
import Standards

/// A field made ready for the run: where its values stand in a raw batch, and all that turns one into its normal form.
///
/// Nothing of it changes. It is a class so that the loop over a batch's values passes one reference instead of counting
/// those of every table within.
final class Column {
    /// The raw batch's column of the value, or of the easting; -1 for a constant.
    let first: Int
    /// The raw batch's column of the northing; -1 where the value is in one.
    let second: Int
    /// The raw batch's columns where the value is looked for after the first.
    let others: [Int]
    let type: FieldType
    /// A record without this value is refused.
    let isRequired: Bool
    let isKey: Bool
    /// Trimmed values that mean something else (their number in `meanings`) or nothing (-1).
    let replacements: ByteTable?
    let meanings: [[UInt8]]
    let codes: CodeTable?
    let format: TimeFormat?
    let conversion: MeasureConversion?
    let system: PlaceSystem?
    let constant: Constant?
    /// The list that the codes are of: findings name it.
    let list: CodeList?
    /// The run's day as `yyyyMMdd`.
    let today: [UInt8]

    /// A value that is the same in every record, in normal form.
    struct Constant {
        var kind: RecordBatch.Kind
        var payload: UInt64
        var bytes: [UInt8]
    }

    /// - Throws: `catalogue.invalid`, naming field and mistake.
    init(
        _ field: Field, entry: Entry, paths: [String: Int], list: CodeList?, today: String,
        system: PlaceSystem?, constant: Constant? = nil
    ) throws(Fault) {
        let places = field.source.paths.map { paths[$0] ?? -1 }
        first = places.first ?? -1
        if case .coordinates = field.source { second = places[1] } else { second = -1 }
        if case .alternatives = field.source { others = Array(places.dropFirst()) } else { others = [] }
        type = field.type
        isKey = entry.key.contains(field.name)
        isRequired = field.isRequired || isKey
        let isCoded = field.type == .code || field.type == .division
        let isListed = isCoded || (field.type == .citizenID && list != nil)
        (replacements, meanings) = Self.replacements(field, isCoded: isCoded)
        codes = isListed ? CodeTable(field: field, list: list, today: today) : nil
        format = try Self.format(field)
        conversion = try Self.conversion(field)
        self.system = system
        self.constant = constant
        self.list = list
        self.today = today.utf8.filter { $0 != 0x2D }
    }

    /// A coded field's map leads to codes, and is in its `CodeTable`; any other's leads to values to be read.
    private static func replacements(_ field: Field, isCoded: Bool) -> (ByteTable?, [[UInt8]]) {
        var table = ByteTable()
        var meanings: [[UInt8]] = []
        for value in field.absent { table.insert(trimmed(value), -1) }
        if !isCoded {
            for (source, meaning) in field.map.sorted(by: { $0.key < $1.key }) {
                table.insert(trimmed(source), meanings.count)
                meanings.append(Array(meaning.utf8))
            }
        }
        return (table.isEmpty ? nil : table, meanings)
    }

    private static func trimmed(_ text: String) -> ArraySlice<UInt8> {
        let bytes = Array(text.utf8)
        return bytes[Blank.trim(bytes.span)]
    }

    private static func format(_ field: Field) throws(Fault) -> TimeFormat? {
        guard let format = field.format, field.type == .date || field.type == .datetime else { return nil }
        guard let known = TimeFormat(format) else {
            throw mistake(
                field, "format \(format) is not a pattern of a date",
                advice:
                    "Write year, month and day, for example MM/dd/yyyy or dd.MM.yyyy HH:mm; or epoch, epoch-ms or excel."
            )
        }
        return known
    }

    private static func conversion(_ field: Field) throws(Fault) -> MeasureConversion? {
        guard let unit = field.unit else { return nil }
        guard let from = Measure(unit.from), let to = Measure(unit.to),
            let conversion = MeasureConversion(from: from, to: to)
        else {
            throw mistake(
                field, "\(unit.from) cannot be converted to \(unit.to)",
                advice: "Known units: \(Measure.names.joined(separator: " ")).")
        }
        return conversion
    }

    /// The raw batch's column that a record's value is read from: the first that has one.
    @inline(__always)
    func place(of record: Int, in raw: RawBatch) -> Int {
        others.isEmpty ? first : firstFilled(record, raw)
    }

    private func firstFilled(_ record: Int, _ raw: RawBatch) -> Int {
        if isFilled(first, record, raw) { return first }
        return others.first { isFilled($0, record, raw) } ?? first
    }

    /// Whether something stands there that does not mean "nothing here".
    func isFilled(_ place: Int, _ record: Int, _ raw: RawBatch) -> Bool {
        withRaw(raw, record, place, otherwise: false) { value, _ in replacement(for: value) != -1 }
    }

    /// The number of what stands in for a value, or -1 where it means "nothing here": as it is written or, unless it is a
    /// text, as it is in half width.
    @inline(__always)
    func replacement(for value: Span<UInt8>) -> Int? {
        guard let replacements else { return nil }
        return replacements.find(value) ?? (isFolded && !ASCII.holds(value) ? folded(value, replacements) : nil)
    }

    private func folded(_ value: Span<UInt8>, _ replacements: ByteTable) -> Int? {
        let folded = FullWidth.fold(value)
        return replacements.find(folded.span.extracting(Blank.trim(folded.span)))
    }

    /// Whether full-width forms stand for the ASCII they look like.
    private var isFolded: Bool { type != .text && !type.isSpatial }

    static func mistake(_ field: Field, _ message: String, advice: String) -> Fault {
        Fault(.badCatalogue, "field \(field.name): \(message)", advice: advice, context: ["field": field.name])
    }
}
