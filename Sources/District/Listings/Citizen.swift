/// A resident whom other departments know too, by name and citizen id.
struct Citizen: Sendable {
    let id: String
    let name: String

    /// Nil where the police's record is wrong, or of a child.
    init?(_ row: Row) {
        guard row.fault == nil, let id = row["GMSFHM"], let name = row["XM"], let born = row["CSRQ"],
            born < "2006"
        else { return nil }
        self.id = id
        self.name = name
    }
}

/// Who holds a licence or a piece of land.
enum Holder: Sendable {
    case organisation(Subject)
    case person(Citizen)

    var name: String {
        switch self {
        case .organisation(let subject): subject.name
        case .person(let citizen): citizen.name
        }
    }
    /// The unified social credit code; nil for a person.
    var creditCode: String? {
        if case .organisation(let subject) = self { subject.code } else { nil }
    }
    /// The citizen id; nil for an organisation.
    var citizenID: String? {
        if case .person(let citizen) = self { citizen.id } else { nil }
    }
}
