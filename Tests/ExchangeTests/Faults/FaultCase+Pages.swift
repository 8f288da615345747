import Loopback
import Model

/// Pages that lead nowhere, or change while they are read.
extension FaultCase {
    private static let rows = FaultyDepartment.rows(1)

    static let pages: [FaultCase] = [
        FaultCase(
            name: "gives the cursors A, B and A again", shape: .cursor,
            answer: { call, connection, number in
                connection.page(rows, number, next: ["A", "B", "A"][min(number, 3) - 1])
            }, code: .sourceEndless, requests: 3, says: "page 3 names a next page that was asked for before"),
        FaultCase(
            name: "gives cursors that go backwards", shape: .cursor,
            answer: { _, connection, number in
                connection.page(rows, min(number, 3), next: ["3", "2", "1", "2"][min(number, 4) - 1])
            }, code: .sourceEndless, requests: 4, says: "page 4 names a next page that was asked for before"),
        FaultCase(
            name: "gives a new cursor and the same page for ever", shape: .cursor,
            answer: { _, connection, number in connection.page(rows, 1, next: "c\(number)") },
            code: .sourceEndless, requests: 5, says: "4 pages in a row hold records that were read before"),
        FaultCase(
            name: "gives a new next address and the same two pages for ever", shape: .next,
            answer: { _, connection, number in
                connection.page(rows, (number - 1) % 2 + 1, next: "/things?at=\(number)")
            }, code: .sourceEndless, requests: 6, says: "4 pages in a row hold records that were read before"),
        FaultCase(
            name: "gives a new cursor and an empty page for ever", shape: .cursorThroughEmptyPages,
            answer: { _, connection, number in connection.page([], 1, next: "c\(number)") },
            code: .sourceEndless, requests: 4, says: "4 empty pages in a row name another page"),
        FaultCase(
            name: "gives the page before once more", shape: .pages,
            answer: { _, connection, number in connection.numbered(rows, [1, 1][min(number, 2) - 1], total: 6) },
            code: .sourceEndless, requests: 2, says: "page 2 holds the same records as the page before it"),
        FaultCase(
            name: "lowers its total while it is read", shape: .pages,
            answer: { _, connection, number in connection.numbered(rows, number, total: number == 1 ? 6 : 4) },
            state: .held, requests: 2, says: "The source promised 6 records and gave 4."),
        FaultCase(
            name: "gives fewer records than its total", shape: .pages,
            answer: { _, connection, number in connection.numbered(Array(rows.prefix(4)), number, total: 6) },
            state: .held, requests: 3, says: "The source promised 6 records and gave 4."),
        FaultCase(
            name: "drops a record between two pages, so that another is skipped", shape: .pages,
            answer: { _, connection, number in
                let rows = number == 1 ? rows : Array(rows.dropFirst())
                connection.numbered(rows, number, total: rows.count)
            }, state: .held, requests: 3, says: "The source promised 6 records and gave 5."),
        FaultCase(
            name: "gains a record between two pages, so that another comes twice", shape: .pages,
            answer: { _, connection, number in
                let new = FaultyDepartment.Row(id: "new", name: "new", updated: rows[0].updated)
                let rows = number == 1 ? rows : [new] + rows
                connection.numbered(rows, number, total: rows.count)
            }, state: .published, requests: 4),
        FaultCase(
            name: "fails on its third page", shape: .pages,
            answer: { call, connection, number in
                guard number < 3 else { return connection.answer("500 Error") }
                connection.numbered(rows, number, total: 6)
            }, code: .sourceFailed, requests: 7, waits: [0.5, 1, 2, 4],
            says: "GET HOST/things failed on its side: status 500."),
    ]

    /// Records whose keys and times are not what they should be.
    static let records: [FaultCase] = [
        FaultCase(
            name: "gives one key twice, on different pages", shape: .pages,
            answer: { _, connection, number in
                let double = FaultyDepartment.Row(id: "k0", name: "second", updated: rows[0].updated)
                connection.numbered(rows + [double], number, total: 7)
            }, state: .published, requests: 4),
        FaultCase(
            name: "gives changes that are older than the last", shape: .delta,
            answer: { _, connection, _ in
                let old = FaultyDepartment.Row(id: "k0", name: "older", updated: "2020-01-01T08:00:00+08:00")
                connection.answer(headers: [FaultyDepartment.json], text: FaultyDepartment.list([old]))
            }, state: .published, serves: FaultyDepartment.names(1).merging(["k0": "older"]) { $1 }),
        FaultCase(
            name: "dates a change in the year 2099", shape: .delta,
            answer: { _, connection, _ in
                let ahead = FaultyDepartment.Row(id: "k0", name: "ahead", updated: "2099-01-01T08:00:00+08:00")
                connection.answer(headers: [FaultyDepartment.json], text: FaultyDepartment.list([ahead]))
            }, state: .published, serves: FaultyDepartment.names(1).merging(["k0": "ahead"]) { $1 }),
    ]
}

extension ServedConnection {
    /// Two of the records, and what leads to the next page.
    fileprivate func page(_ rows: [FaultyDepartment.Row], _ page: Int, next: String) {
        let part = rows.dropFirst((page - 1) * 2).prefix(2)
        answer(headers: [FaultyDepartment.json], text: #"{"rows":\#(FaultyDepartment.list(part)),"next":"\#(next)"}"#)
    }

    /// Two of the records, and how many there are.
    fileprivate func numbered(_ rows: [FaultyDepartment.Row], _ page: Int, total: Int) {
        let part = rows.dropFirst((page - 1) * 2).prefix(2)
        answer(headers: [FaultyDepartment.json], text: #"{"total":\#(total),"rows":\#(FaultyDepartment.list(part))}"#)
    }
}
