/// The records of one listing, in the order they came to be, and how they move.
struct Holdings: Sendable {
    private(set) var rows: [Row] = []
    private var chance: SplitMix64
    private var serial = 0
    private let kind: Kind
    private let removal: Removal

    /// What a system does with a record that is no more.
    enum Removal: Sendable {
        /// It is not listed any longer.
        case absent
        /// It stays, flagged, and the field of the last change moves: what a delta needs.
        case flagged(field: String, value: String, touched: String)
        /// Records neither come nor go.
        case never
    }

    init(_ kind: Kind, count: Int, removal: Removal, chance: SplitMix64) {
        self.kind = kind
        self.removal = removal
        self.chance = chance
        rows.reserveCapacity(count)
        for _ in 0..<count { add() }
    }

    /// Lets time pass: about two in a thousand records change, one in a thousand comes, half of that goes.
    mutating func advance(to now: Int) {
        for _ in 0..<max(2, rows.count / 500) { change(at: now) }
        if case .never = removal { return }
        for _ in 0..<max(1, rows.count / 1000) {
            add()
            touch(rows.count - 1, at: now)
        }
        for _ in 0..<max(1, rows.count / 2000) { remove(at: now) }
    }

    private mutating func add() {
        var row = kind.make(serial, &chance)
        serial += 1
        if kind.repeatedShare > 0, let last = rows.last, last.fault == nil, chance.chance(kind.repeatedShare) {
            row = Row(serial: row.serial, last.columns.map { ($0.name, $0.cell) })
            row.fault = "listed twice"
        } else if chance.chance(kind.faultyShare) {
            RecordFault.spoil(&row, with: kind.faults, &chance)
        }
        rows.append(row)
    }

    private mutating func change(at now: Int) {
        let index = chance.number(0...rows.count - 1)
        guard !isRemoved(rows[index]) else { return }
        kind.change(&rows[index], &chance)
        touch(index, at: now)
    }

    private mutating func remove(at now: Int) {
        guard rows.count > 1 else { return }
        let index = chance.number(0...rows.count - 1)
        switch removal {
        case .never: return
        case .absent: rows.remove(at: index)
        case .flagged(let field, let value, _):
            rows[index].set(field, .text(value))
            touch(index, at: now)
        }
    }

    private mutating func touch(_ index: Int, at now: Int) {
        guard case .flagged(_, _, let touched) = removal else { return }
        rows[index].set(touched, .text(ChinaTime.text(now)))
    }

    private func isRemoved(_ row: Row) -> Bool {
        guard case .flagged(let field, let value, _) = removal else { return false }
        return row[field] == value
    }
}
