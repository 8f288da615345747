import Foundation
import Model
import Standards

/// What the values of a field look like. A guess for a person to correct: identifiers are never numbers.
enum GuessedType {
    /// Stands before the kind of a nested geometry.
    static let geometryMark = "\u{1}"

    /// The type that every value fits; text where none does.
    static func type(of values: [SourceSample.Value]) -> FieldType {
        let given = values.filter { !$0.text.isEmpty }
        let texts = given.map(\.text)
        guard let first = texts.first else { return .text }
        if first.hasPrefix(geometryMark) {
            return texts.allSatisfy { $0 == geometryMark + "Point" } ? .point : .geometry
        }
        // Most, not all: a source that is being described is rarely clean.
        func most(_ fits: (String) -> Bool) -> Bool { texts.count(where: fits) * 10 >= texts.count * 9 }
        if most(isCitizenID) { return .citizenID }
        if most(isCreditCode) { return .uscc }
        if texts.allSatisfy({ ["true", "false"].contains($0) }) { return .boolean }
        if most({ matches($0, date) }) { return .date }
        if most({ matches($0, dateTime) }) { return .datetime }
        if texts.allSatisfy({ matches($0, number) }) { return numeric(given) }
        return .text
    }

    /// A date or time in a form that leaves day and month open.
    static func isAmbiguous(_ values: [SourceSample.Value]) -> Bool {
        values.contains { matches($0.text, #"^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}"#) }
    }

    private static func numeric(_ values: [SourceSample.Value]) -> FieldType {
        let texts = values.map(\.text)
        let hasPoint = texts.contains { $0.contains(".") }
        // Leading zeros and long rows of digits are codes; so are digits of one length that the source quotes.
        let isCode = texts.contains { $0.count > 1 && $0.hasPrefix("0") && !$0.hasPrefix("0.") || $0.count > 12 }
        let lengths = Set(texts.map(\.count))
        let isQuotedCode = !hasPoint && lengths.count == 1 && values.allSatisfy { !$0.isNumber }
        if isCode || isQuotedCode { return .text }
        return hasPoint ? .decimal : .integer
    }

    private static let date = #"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01]))$"#
    private static let dateTime =
        #"^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$|^(19|20)\d{12}$"#
    private static let number = #"^-?\d+(\.\d+)?$"#

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        text.range(of: pattern, options: .regularExpression) != nil
    }

    private static func isCitizenID(_ text: String) -> Bool {
        var output: [UInt8] = []
        guard text.utf8.count == 18 else { return false }
        return (try? CitizenID.normalize(Array(text.utf8).span, into: &output)) != nil
    }

    private static func isCreditCode(_ text: String) -> Bool {
        var output: [UInt8] = []
        guard text.utf8.count == 18 else { return false }
        return (try? CreditCode.normalize(Array(text.utf8).span, into: &output)) != nil
    }
}
