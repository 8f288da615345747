/// One record as a department's system would send it: named cells in their order, right or wrong.
struct Row: Sendable, Equatable {
    enum Cell: Sendable, Equatable {
        case text(String)
        /// A number or a structure, as JSON writes it.
        case literal(String)
        case null
    }

    struct Column: Sendable, Equatable {
        let name: String
        var cell: Cell
    }

    /// The order in which the record came to be; unique among the records of one listing.
    let serial: Int
    private(set) var columns: [Column]
    /// Which fault was put in; never sent.
    var fault: String?

    init(serial: Int, _ columns: [(String, Cell)]) {
        self.serial = serial
        self.columns = columns.map { Column(name: $0.0, cell: $0.1) }
    }

    /// The cell's text; nil where there is no such cell or it is null. Setting nil takes the cell away.
    subscript(name: String) -> String? {
        get {
            switch columns.first(where: { $0.name == name })?.cell {
            case .text(let text), .literal(let text): text
            case .null, nil: nil
            }
        }
        set {
            guard let index = columns.firstIndex(where: { $0.name == name }) else { return }
            guard let newValue else { columns.remove(at: index); return }
            if case .literal = columns[index].cell {
                columns[index].cell = .literal(newValue)
            } else {
                columns[index].cell = .text(newValue)
            }
        }
    }

    /// Sets a cell whatever it was, or does nothing where there is none.
    mutating func set(_ name: String, _ cell: Cell) {
        guard let index = columns.firstIndex(where: { $0.name == name }) else { return }
        columns[index].cell = cell
    }
}

extension Row.Cell: ExpressibleByStringInterpolation {
    init(stringLiteral value: String) { self = .text(value) }
}
