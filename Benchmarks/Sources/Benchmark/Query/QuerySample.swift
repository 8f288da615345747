import Foundation

/// What callers ask for: ids spread over the collection, values of an indexed field, pages deep in it.
struct QuerySample: Sendable {
    let base: String
    let records: Int
    /// One record's answer.
    let record: [UInt8]
    /// Files with an id, or a value, a line.
    let ids: String
    let divisions: String
    /// The address of a deep page, by the order it is in; the key's order is "".
    let deep: [String: String]

    /// Records of a page that is one of many.
    static let pageSize = 10

    init(base: String, records: Int, folder: String) throws {
        self.base = base
        self.records = records
        let lines = try Download("\(base)/collections/entity/items?f=csv&properties=division&limit=1000000").text
            .split(separator: "\r\n").dropFirst()
        guard lines.count == min(records, 1_000_000) else { throw Failure("\(lines.count) records are served") }
        let step = max(1, lines.count / 20_000)
        var ids: [Substring] = []
        for (number, line) in lines.enumerated() where number % step == 0 {
            ids.append(line.dropFirst().prefix { $0 != "\"" })
        }
        let divisions = Set(lines.prefix(50_000).map { String($0.split(separator: ",")[1].filter { $0 != "\"" }) })
        self.ids = try Self.write(ids.map(String.init), "\(folder)/ids.txt")
        self.divisions = try Self.write(divisions.sorted(), "\(folder)/divisions.txt")
        record = try Download("\(base)/collections/entity/items/\(ids[ids.count / 2])").body

        var deep: [String: String] = [:]
        for order in ["", "division"] { deep[order] = try Self.deepPage(order, base, records) }
        self.deep = deep
    }

    static func firstPage(_ order: String) -> String {
        "/collections/entity/items?f=json&limit=\(pageSize)" + (order.isEmpty ? "" : "&sortby=\(order)")
    }

    /// Follows the links to the last page but one, by pages as large as there are.
    private static func deepPage(_ order: String, _ base: String, _ records: Int) throws -> String {
        var place = ""
        var passed = 0
        while passed < records - 2 * pageSize {
            let size = min(10_000, records - pageSize - passed)
            let sorted = order.isEmpty ? "" : "&sortby=\(order)"
            let url = "\(base)/collections/entity/items?f=json&properties=uscc&limit=\(size)\(sorted)\(place)"
            guard let links = try Download(url).object()["links"] as? [[String: Any]],
                let next = links.first(where: { $0["rel"] as? String == "next" })?["href"] as? String,
                let cursor = next.split(separator: "&").first(where: { $0.hasPrefix("cursor=") })
            else { throw Failure("page \(passed) by \(order) has no next") }
            place = "&\(cursor)"
            passed += size
        }
        return firstPage(order) + place
    }

    private static func write(_ lines: [String], _ file: String) throws -> String {
        try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: file))
        return file
    }
}
