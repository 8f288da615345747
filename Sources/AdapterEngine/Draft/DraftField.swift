import Model
import Standards

/// One field of a draft.
struct DraftField {
    var name: String
    var title: String
    var path: String
    var type: FieldType
    /// Its values tell of a person: they are graded, and masked in the draft's comments.
    var isPersonal: Bool
    var grade: Int?
    var crs: String?
    /// The pattern of its days, where another reading is possible.
    var format: String?
    /// Whether its values tell records apart, as far as was seen.
    var isUnique: Bool
    /// Whether it looks like what identifies a record, the more the greater; 0 for not at all.
    var identity: Int
    /// What an engineer may want to know: samples, or why it is no field.
    var comment: String
    /// A list, which no field can be read from.
    var isList: Bool

    static func fields(of columns: [SampleColumn], records: Int, format: SourceFormat) -> [DraftField] {
        var names = FieldName()
        return columns.map { DraftField($0, name: names.make(Self.named($0.path)), records: records, format: format) }
    }

    private init(_ column: SampleColumn, name: String, records: Int, format: SourceFormat) {
        self.name = name
        title = Self.named(column.path).last.map { $0.hasPrefix("@") ? String($0.dropFirst()) : $0 } ?? name
        path = DraftPath.relative(column.path, format)
        self.format = DayOrder.format(of: column.present.map(\.text))
        type = self.format == nil ? InferredType.type(of: column, format: format) : .date
        let present = column.geometries.count + column.present.count
        isPersonal = type == .citizenID || type == .phone || Self.arePhones(column.samples)
        grade = isPersonal ? 3 : nil
        crs = type.isSpatial ? Self.referenceSystem(column.geometries) : nil
        isList = column.lists > 0 && column.lists >= present
        isUnique = present == records && column.isUnique
        identity = isUnique && !isList ? Self.identity(column, type) : 0
        let choice = isList ? DraftChoice(column.path, column.list, format).example : nil
        comment =
            isList
            ? "a list: no field yet" + (choice.map { ", but one of it is, for example from: \"\($0)\"" } ?? "")
            : Self.samples(column, type, areMasked: isPersonal)
    }

    /// The text of an element is called as the element.
    private static func named(_ path: [String]) -> [String] { path.filter { $0 != "text()" } }

    private static func identity(_ column: SampleColumn, _ type: FieldType) -> Int {
        switch type {
        case .citizenID, .uscc, .organisationCode, .certificateID, .realEstateUnit: 3
        case .text, .integer, .division:
            InferredType.isIdentifier(column.path.last?.lowercased() ?? "") ? 2 : column.isCodeLike ? 1 : 0
        default: 0
        }
    }

    /// Numbers of mobile phones, where there are any values at all.
    private static func arePhones(_ samples: [String]) -> Bool {
        let numbers = samples.filter { $0.allSatisfy(\.isNumber) && !$0.isEmpty }
        return !numbers.isEmpty && numbers.allSatisfy { $0.count == 11 && $0.hasPrefix("1") }
    }

    private static func samples(_ column: SampleColumn, _ type: FieldType, areMasked: Bool) -> String {
        if let first = column.geometries.first, case .value(let kind)? = first["type"] { return kind.text }
        let samples = column.samples.map { areMasked ? Mask.apply(type: type, value: $0) ?? "*" : $0 }
        return samples.joined(separator: " · ")
    }

    /// Degrees are CRS84, as RFC 7946, section 4 has it; metres are in a zone that only the department knows.
    private static func referenceSystem(_ geometries: [Sample]) -> String {
        geometries.prefix(20).allSatisfy { Self.isInDegrees($0) } ? "OGC:CRS84" : "TODO"
    }

    private static func isInDegrees(_ sample: Sample) -> Bool {
        switch sample {
        case .value(let value): value.kind != .number || abs(Double(value.text) ?? 0) <= 180
        case .list(let samples): samples.allSatisfy { isInDegrees($0) }
        case .members(let members): members.allSatisfy { isInDegrees($0.sample) }
        }
    }
}
