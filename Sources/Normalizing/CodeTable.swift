import Model
import Standards

/// A field's map and code list, ready to be asked: what a source writes, and the code it means.
///
/// The map comes first, then the codes themselves, then their titles.
struct CodeTable {
    struct Answer {
        var code: [UInt8]
        /// The list says that what was sent is no longer in use.
        var isExpired = false
        /// The list says that what was sent is not in use yet.
        var isEarly = false
        /// The years that the list has the code for.
        var years = 0...9999
        /// The code that took its place, where there is exactly one; it is `code` then.
        var successor: String?
        /// Several codes have this title, so it means none.
        var isAmbiguous = false

        var isInUse: Bool { !isExpired && !isEarly }

        /// Whether the list had the code in a year of four digits.
        func wasInUse(in year: Span<UInt8>) -> Bool {
            var number = 0
            for index in 0..<year.count { number = number * 10 + Int(year[index]) - 0x30 }
            return years.contains(number)
        }
    }

    private(set) var answers: [Answer] = []
    private var table = ByteTable()
    /// Without a list and a map, every value is a code.
    let isOpen: Bool

    /// - Parameter today: ISO date that validity is judged by.
    init(field: Field, list: CodeList?, today: String) {
        isOpen = list == nil && field.map.isEmpty
        let codes = list?.codes ?? []
        var numbers: [String: Int] = [:]
        let known = Dictionary(codes.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        for code in codes where numbers[code.code] == nil {
            numbers[code.code] = answers.count
            let isExpired = Self.isExpired(code, today)
            let successor = isExpired ? Self.successor(of: code, among: known, today) : nil
            answers.append(
                Answer(
                    code: Array((successor ?? code.code).utf8), isExpired: isExpired,
                    isEarly: code.validFrom.map { $0 > today } ?? false, years: Self.years(code),
                    successor: successor))
        }
        for (source, code) in (field.type == .citizenID ? [:] : field.map).sorted(by: { $0.key < $1.key }) {
            let number = numbers[code] ?? append(Answer(code: Array(code.utf8)))
            table.insert(source.utf8, number)
            table.insert(Self.halfWidth(source).utf8, number)
        }
        for (code, number) in numbers.sorted(by: { $0.value < $1.value }) { table.insert(code.utf8, number) }
        if field.type != .code {
            for (code, number) in numbers.sorted(by: { $0.value < $1.value }) { insertLengths(of: code, number) }
        } else {
            insertTitles(codes, numbers)
        }
    }

    func find(_ value: Span<UInt8>) -> Int? { table.find(value) }

    /// Titles have brackets and commas of full width, and departments write them in either.
    private static func halfWidth(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return String(decoding: FullWidth.fold(bytes.span), as: UTF8.self)
    }

    private static func years(_ code: CodeList.Code) -> ClosedRange<Int> {
        let first = code.validFrom.flatMap { Int($0.prefix(4)) } ?? 0
        let last = code.validTo.flatMap { Int($0.prefix(4)) } ?? 9999
        return first...max(first, last)
    }

    private static func isExpired(_ code: CodeList.Code, _ today: String) -> Bool {
        code.validTo.map { $0 < today } ?? false
    }

    /// The code in use that took this one's place, be it by way of others that are gone as well; nil where the list does not
    /// lead to one.
    private static func successor(
        of code: CodeList.Code, among known: [String: CodeList.Code], _ today: String
    ) -> String? {
        var code = code
        for _ in 0..<known.count {
            guard let next = code.successor.flatMap({ known[$0] }) else { return nil }
            if !isExpired(next, today) { return next.code }
            code = next
        }
        return nil
    }

    private mutating func append(_ answer: Answer) -> Int {
        answers.append(answer)
        return answers.count - 1
    }

    /// 430112, 430112000 and 430112000000 are one division (GB/T 10114 §4), and so are 43 and 430000 (GB/T 2260 §3): zeros say
    /// that nothing below it is meant.
    private mutating func insertLengths(of code: String, _ number: Int) {
        var short = code
        while short.count > 2 {
            let step = short.count > 6 ? 3 : 2
            guard short.hasSuffix(String(repeating: "0", count: step)) else { break }
            short.removeLast(step)
            table.insert(short.utf8, number)
        }
        var long = code
        while long.count < 12 {
            long += "000"
            table.insert(long.utf8, number)
        }
    }

    /// A title names the one code in use that has it.
    private mutating func insertTitles(_ codes: [CodeList.Code], _ numbers: [String: Int]) {
        let titles = codes.map { ($0.title, $0) } + codes.compactMap { code in code.titleEnglish.map { ($0, code) } }
        let groups = Dictionary(grouping: titles + titles.map { (Self.halfWidth($0.0), $0.1) }, by: \.0)
        for (title, group) in groups.sorted(by: { $0.key < $1.key }) where !title.isEmpty {
            let known = Set(group.compactMap { numbers[$0.1.code] }).sorted()
            let current = known.filter { answers[$0].isInUse }
            let meant = current.isEmpty ? known : current
            if meant.count == 1 {
                table.insert(title.utf8, meant[0])
            } else {
                table.insert(title.utf8, append(Answer(code: [], isAmbiguous: true)))
            }
        }
    }
}
