extension Diagnostic.Rule {
    /// A code list is a table of codes, each once, with a title and real dates.
    static let badCodeList: Self = "bad-code-list"
}

/// Reads one code list and collects its mistakes.
extension CodeListReader {
    mutating func report(_ place: Place, _ message: String, _ advice: String) {
        diagnostics.append(
            Diagnostic(file: file, place: place, rule: .badCodeList, message: message, advice: advice))
    }

    /// Whether a text is a day of the calendar, or absent.
    mutating func date(_ value: CommaSeparated.Value) -> String? {
        if value.text.isEmpty { return nil }
        let parts = value.text.split(separator: "-", omittingEmptySubsequences: false)
        let lengths = parts.map(\.count)
        let numbers = parts.compactMap { Int($0) }
        if lengths == [4, 2, 2], numbers.count == 3, (1...12).contains(numbers[1]),
            (1...Self.days(inMonth: numbers[1], of: numbers[0])).contains(numbers[2])
        {
            return value.text
        }
        report(value.place, "`\(value.text)` is no date", "Write year, month and day, for example `2011-05-24`.")
        return nil
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Checks that what took a code's place is in the list, is not the code itself, and leads to a code that has none.
    mutating func checkSuccessors(_ successors: [(code: String, value: CommaSeparated.Value)], known: Set<String>) {
        let next = Dictionary(successors.map { ($0.code, $0.value.text) }, uniquingKeysWith: { first, _ in first })
        for (code, successor) in successors where successor.text != code {
            var last = successor.text
            var steps = 0
            while let after = next[last], after != last, steps <= next.count {
                last = after
                steps += 1
            }
            guard steps > next.count else { continue }
            report(
                successor.place, "the successors of `\(code)` lead in a circle",
                "Leave the successor of the code that is in use empty.")
        }
        for (code, successor) in successors where successor.text == code || !known.contains(successor.text) {
            report(
                successor.place, "the successor `\(successor.text)` of `\(code)` is not another code of this list",
                "Add it as a row of its own, or leave the successor empty.")
        }
    }
}
