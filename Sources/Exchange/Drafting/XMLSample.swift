import Foundation
import FoundationXML
import Model

/// Finds records in an XML answer: the element that repeats most.
enum XMLSample {
    static func read(_ body: [UInt8], recordsPath: String?) throws(Fault) -> SourceSample {
        let tree = Tree()
        let parser = XMLParser(data: Data(body))
        parser.shouldResolveExternalEntities = false
        parser.delegate = tree
        // A body that breaks off has records all the same.
        _ = parser.parse()
        let path = recordsPath ?? tree.repeated()
        guard let path else { throw SourceSample.nothing("Name the element of a record: --records /Response/Rows/Row") }
        let records = tree.elements(at: path).prefix(SourceSample.most).map { element in
            var values: [SourceSample.Value] = []
            flatten(element, prefix: "", into: &values)
            return values
        }
        guard !records.isEmpty else {
            throw SourceSample.nothing("Name the element of a record: --records /Response/Rows/Row")
        }
        return SourceSample(
            format: .xml, recordsPath: path, totalPath: tree.total(least: records.count), records: records)
    }

    private static func flatten(_ element: Element, prefix: String, into values: inout [SourceSample.Value]) {
        for (name, value) in element.attributes.sorted(by: { $0.key < $1.key }) {
            values.append(.init(path: prefix + "@" + name, text: value, isNumber: false))
        }
        for child in element.children {
            if child.children.isEmpty {
                values.append(.init(path: prefix + child.name, text: child.text, isNumber: false))
            }
            if !child.children.isEmpty || !child.attributes.isEmpty {
                flatten(child, prefix: prefix + child.name + "/", into: &values)
            }
        }
    }

    /// One element of the sample, small enough to be kept as a tree.
    final class Element {
        let name: String
        let attributes: [String: String]
        var children: [Element] = []
        var text = ""

        init(name: String, attributes: [String: String]) {
            self.name = name
            self.attributes = attributes
        }
    }

    /// Builds the tree while the parser goes through the body.
    private final class Tree: NSObject, XMLParserDelegate {
        private let top = Element(name: "", attributes: [:])
        private lazy var open: [Element] = [top]

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            let element = Element(name: name, attributes: attributes)
            open.last?.children.append(element)
            open.append(element)
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }

        func parser(_ parser: XMLParser, foundCharacters text: String) {
            guard let element = open.last, element.text.utf8.count < 1024 else { return }
            element.text += text.trimmingCharacters(in: .whitespacesAndNewlines)
        }

        func elements(at path: String) -> [Element] {
            path.split(separator: "/").reduce([top]) { found, name in
                found.flatMap { $0.children.filter { $0.name == name } }
            }
        }

        /// The path of the element that has most siblings of its name and children of its own.
        func repeated() -> String? {
            var best: (path: String, count: Int)?
            look(top, "") { path, count in if count > best?.count ?? 1 { best = (path, count) } }
            return best?.path
        }

        private func look(_ element: Element, _ path: String, _ visit: (String, Int) -> Void) {
            let groups = Dictionary(
                grouping: element.children.filter { !$0.children.isEmpty || !$0.attributes.isEmpty }, by: \.name)
            for (name, members) in groups.sorted(by: { $0.key < $1.key }) {
                visit(path + "/" + name, members.count)
                if let first = members.first { look(first, path + "/" + name, visit) }
            }
        }

        func total(least: Int) -> String? {
            var found: String?
            func search(_ element: Element, _ path: String, _ depth: Int) {
                for child in element.children where depth < 4 && found == nil {
                    let isNamed = ["total", "totalcount", "count", "zs"].contains(child.name.lowercased())
                    if isNamed, let number = Int(child.text), number >= least { found = path + "/" + child.name }
                    search(child, path + "/" + child.name, depth + 1)
                }
            }
            search(top, "", 0)
            return found
        }
    }
}
