import Foundation
import Model

/// Finds records in a JSON answer.
enum JSONSample {
    static func read(_ body: [UInt8], recordsPath: String?) throws(Fault) -> SourceSample {
        guard let document = try? JSONSerialization.jsonObject(with: Data(body)) else {
            throw Fault(
                .sourceMalformed, "the answer is neither JSON nor XML",
                advice: "Open the address in a browser, and compare with the department's interface.")
        }
        let path = recordsPath ?? largestList(in: document, at: "")?.path
        guard let path, let found = value(at: path, in: document) else {
            throw SourceSample.nothing("Name the list of records: --records /data/rows")
        }
        let rows = (found as? [Any] ?? [found]).compactMap { $0 as? [String: Any] }.prefix(SourceSample.most)
        guard !rows.isEmpty else { throw SourceSample.nothing("Name the list of records: --records /data/rows") }
        return SourceSample(
            format: .json, recordsPath: path, totalPath: total(in: document, at: "", least: rows.count, depth: 0),
            records: rows.map { row in
                var values: [SourceSample.Value] = []
                flatten(row, prefix: "", into: &values)
                return values
            })
    }

    /// The longest array of objects, nearest to the top where two are equal.
    private static func largestList(in value: Any, at path: String) -> (path: String, count: Int)? {
        if let list = value as? [Any] {
            return list.contains { $0 is [String: Any] } ? (path, list.count) : nil
        }
        guard let members = value as? [String: Any] else { return nil }
        return members.sorted { $0.key < $1.key }.compactMap { largestList(in: $0.value, at: path + "/" + $0.key) }
            .max { $0.count < $1.count }
    }

    /// A JSON Pointer, or names with dots between.
    private static func value(at path: String, in document: Any) -> Any? {
        var value = document
        for name in path.split(whereSeparator: { $0 == "/" || $0 == "." || $0 == "$" }) {
            guard let next = (value as? [String: Any])?[String(name)] else { return nil }
            value = next
        }
        return value
    }

    private static func total(in value: Any, at path: String, least: Int, depth: Int) -> String? {
        guard depth < 3, let members = value as? [String: Any] else { return nil }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            let isNamed = ["total", "totalcount", "total_count", "totalrecords", "zs", "count"].contains(
                name.lowercased())
            if isNamed, let number = member as? NSNumber, number.intValue >= least { return path + "/" + name }
            if let found = total(in: member, at: path + "/" + name, least: least, depth: depth + 1) { return found }
        }
        return nil
    }

    private static func flatten(_ object: [String: Any], prefix: String, into values: inout [SourceSample.Value]) {
        for (name, member) in object.sorted(by: { $0.key < $1.key }) {
            let path = prefix + name
            switch member {
            case let inner as [String: Any] where inner["coordinates"] == nil || inner["type"] == nil:
                flatten(inner, prefix: path + ".", into: &values)
            case let inner as [String: Any]:
                values.append(
                    .init(path: path, text: GuessedType.geometryMark + "\(inner["type"] ?? "")", isNumber: false))
            case let text as String: values.append(.init(path: path, text: text, isNumber: false))
            case let number as NSNumber:
                let isFlag = String(cString: number.objCType) == "c"
                let text = isFlag ? (number.boolValue ? "true" : "false") : number.stringValue
                values.append(.init(path: path, text: text, isNumber: !isFlag))
            default: values.append(.init(path: path, text: "", isNumber: false))
            }
        }
    }
}
