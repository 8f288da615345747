/// Writes entities as JSON and XML, byte by byte. No value needs escaping in either: they are all our own.
struct EntityWriter: Sendable {
    /// What stands before each field's value, and after it.
    private let jsonOpenings: [[UInt8]]
    private let xmlOpenings: [[UInt8]]
    private let xmlClosings: [[UInt8]]

    init(fields: [String]) {
        jsonOpenings = fields.enumerated().map { index, name in Array("\(index == 0 ? "{" : ",")\"\(name)\":\"".utf8) }
        xmlOpenings = fields.map { Array("<\($0)>".utf8) }
        xmlClosings = fields.map { Array("</\($0)>".utf8) }
    }

    func open(_ format: EntityGenerator.Format, total: Int, page: Int, _ output: inout [UInt8]) {
        switch format {
        case .json: output += #"{"code":"00","data":{"total":\#(total),"rows":["#.utf8
        case .xml:
            output += #"<?xml version="1.0" encoding="UTF-8"?>"#.utf8
            output += "<Response><Head><Code>0</Code><Total>\(total)</Total><Page>\(page)</Page></Head><Rows>".utf8
        }
    }

    func close(_ format: EntityGenerator.Format, _ output: inout [UInt8]) {
        output += (format == .json ? "]}}" : "</Rows></Response>").utf8
    }

    func write(_ entity: Entity, _ format: EntityGenerator.Format, _ output: inout [UInt8]) {
        if format == .xml { output += "<Row>".utf8 }
        for field in jsonOpenings.indices {
            output += format == .json ? jsonOpenings[field] : xmlOpenings[field]
            value(of: field, in: entity, &output)
            if format == .json { output.append(UInt8(ascii: "\"")) } else { output += xmlClosings[field] }
        }
        output += (format == .json ? "}" : "</Row>").utf8
    }

    private func value(of field: Int, in entity: Entity, _ output: inout [UInt8]) {
        switch field {
        case 0: code(of: entity, &output)
        case 1:
            output += EntityWords.places[entity.area]
            output += EntityWords.brands[entity.brand.0]
            output += EntityWords.brands[entity.brand.1]
            output += EntityWords.trades[entity.trade]
            output += EntityWords.forms[entity.form]
        case 2: output += EntityWords.formCodes[entity.form]
        case 3:
            output += EntityWords.surnames[entity.person.0]
            output += EntityWords.given[entity.person.1]
            output += EntityWords.given[entity.person.2]
        case 4: citizen(of: entity, &output)
        case 5:
            digits((entity.capital + (entity.isChanged ? 100_000 : 0)) / 100, &output)
            output.append(UInt8(ascii: "."))
            digits(entity.capital % 100, width: 2, &output)
        case 6: output += "CNY".utf8
        case 7: date(entity.founded, &output)
        case 8: date(entity.founded.adding(years: 1), &output)
        case 9: if entity.term > 0 { date(entity.founded.adding(years: 10 + entity.term * 10), &output) }
        default: rest(of: field, in: entity, &output)
        }
    }

    private func rest(of field: Int, in entity: Entity, _ output: inout [UInt8]) {
        switch field {
        case 10: output += entity.isChanged ? EntityWords.states[8] : EntityWords.states[entity.status]
        case 11: output += EntityWords.industries[entity.trade]
        case 12: output += EntityWords.areas[entity.area]
        case 13:
            output += EntityWords.places[entity.area]
            output += "市场监督管理局".utf8
        case 14:
            output += "湖南省".utf8
            output += EntityWords.places[entity.area]
            output += EntityWords.roads[entity.road]
            digits(entity.door, &output)
            output += "号".utf8
            digits(entity.room, &output)
            output += "室".utf8
        case 15:
            output += EntityWords.scopes[entity.scopes.0]
            output += EntityWords.scopes[entity.scopes.1]
            output += EntityWords.scopes[entity.scopes.2]
        case 16:
            output += "139".utf8
            digits(entity.phone, width: 8, &output)
        case 17: digits(entity.staff, &output)
        case 18: digits(entity.isChanged ? 2 : 1, &output)
        default:
            output += (entity.isChanged ? "2026-02-01 " : "2026-01-01 ").utf8
            digits(entity.touched / 3600, width: 2, &output)
            output.append(UInt8(ascii: ":"))
            digits(entity.touched / 60 % 60, width: 2, &output)
            output.append(UInt8(ascii: ":"))
            digits(entity.touched % 60, width: 2, &output)
        }
    }

    /// The index, spread over all organisation codes by a factor without a common divisor: no two are the same, and they
    /// come in no order.
    private func code(of entity: Entity, _ output: inout [UInt8]) {
        let start = output.count
        output += "91".utf8
        output += EntityWords.areas[entity.area]
        var rest = entity.index &* 387_420_489 % 852_891_037_441
        for _ in 0..<8 {
            output.append(CheckDigit.creditAlphabet[rest % 31])
            rest /= 31
        }
        output.append(CheckDigit.organisation(output[(start + 8)...]))
        output.append(CheckDigit.credit(output[start...]))
    }

    private func citizen(of entity: Entity, _ output: inout [UInt8]) {
        let start = output.count
        output += EntityWords.areas[entity.area]
        digits(entity.birth.year, width: 4, &output)
        digits(entity.birth.month, width: 2, &output)
        digits(entity.birth.day, width: 2, &output)
        digits(entity.order, width: 3, &output)
        output.append(CheckDigit.citizen(output[start...]))
    }

    private func date(_ date: CivilDate, _ output: inout [UInt8]) {
        digits(date.year, width: 4, &output)
        output.append(UInt8(ascii: "-"))
        digits(date.month, width: 2, &output)
        output.append(UInt8(ascii: "-"))
        digits(date.day, width: 2, &output)
    }

    private func digits(_ number: Int, width: Int = 1, _ output: inout [UInt8]) {
        var power = 1
        for _ in 1..<max(width, 1) { power *= 10 }
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            output.append(UInt8(48 + number / power % 10))
            power /= 10
        }
    }
}
