import District
import Foundation

/// What is asked of servers, and what their answers must hold.
struct Questions {
    /// Keys, or boxes of four numbers, asked for in turn.
    let subjects: [String]
    private let question: QueryPeer.Question
    /// Names of legal entities by their keys.
    private let names: [String: String]

    init(_ question: QueryPeer.Question, _ register: PeersRegister) throws {
        self.question = question
        switch question {
        case .key:
            names = try Self.names(register.plain)
            subjects = names.keys.sorted()
        case .box:
            names = [:]
            // A share of the area that holds a hundred of all places, were they spread evenly.
            let area = Octagon.area
            let side = (area.width * area.height * 100 / Double(register.plain.records)).squareRoot()
            subjects = (0..<200).map { number in
                let west = area.west + (area.width - side) * Double(number * 37 % 200) / 200
                let south = area.south + (area.height - side) * Double(number * 71 % 200) / 200
                return [west, south, west + side, south + side].map { decimal($0, 5) }.joined(separator: ",")
            }
        }
    }

    /// Of some records of every page.
    private static func names(_ register: Register) throws -> [String: String] {
        var names: [String: String] = [:]
        let pages = EntityGenerator(count: register.records).pageCount
        for number in 1...pages {
            let page = try PageRecords("\(register.pages(.json, .second))/page-\(number).json", .json)
            for index in stride(from: 0, to: page.places.count, by: max(1, page.places.count * pages / 5000)) {
                let record = try JSONSerialization.jsonObject(with: page[index]) as? [String: String]
                if let key = record?["TYSHXYDM"], let name = record?["QYMC"] { names[key] = name }
            }
        }
        return names
    }

    /// Asks a few of them, and looks at the answers.
    ///
    /// - Returns: what the answers held, to be compared: names, or numbers of features.
    func ask(_ base: String, _ path: String) throws -> [String] {
        let conversation = try Conversation(base: base)
        return try stride(from: 0, to: subjects.count, by: max(1, subjects.count / 5)).map { place in
            let subject = subjects[place]
            let body = try conversation.get(path.replacing("*", with: subject)).body
            let json = try JSONSerialization.jsonObject(with: Data(body))
            switch question {
            case .key:
                guard let name = names[subject], Self.holds(name, json) else {
                    throw Failure("\(base) gives no record of \(subject)")
                }
                return name
            case .box:
                guard let features = (json as? [String: Any])?["features"] as? [Any], !features.isEmpty else {
                    throw Failure("\(base) gives no features in \(subject)")
                }
                return "\(features.count)"
            }
        }
    }

    /// Whether a text is a value anywhere in a document.
    private static func holds(_ text: String, _ json: Any) -> Bool {
        switch json {
        case let value as String: value == text
        case let list as [Any]: list.contains { holds(text, $0) }
        case let object as [String: Any]: object.values.contains { holds(text, $0) }
        default: false
        }
    }
}
