/// Rows as XML.
enum XMLText {
    static func element(_ name: String, _ row: Row) -> String {
        "<\(name)>" + row.columns.map { leaf($0.name, $0.cell) }.joined() + "</\(name)>"
    }

    static func leaf(_ name: String, _ text: String) -> String { "<\(name)>\(escaped(text))</\(name)>" }

    private static func leaf(_ name: String, _ cell: Row.Cell) -> String {
        switch cell {
        case .text(let text), .literal(let text): leaf(name, text)
        case .null: "<\(name)/>"
        }
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
