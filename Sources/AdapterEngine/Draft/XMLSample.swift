import Foundation
import Model

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Reads XML as members and lists: attributes are members called `@name`, children that repeat are a list.
///
/// Only for drafts: it keeps the whole document. Names lose their prefixes, since a path without prefix is in any
/// namespace.
final class XMLSample: NSObject, XMLParserDelegate {
    private struct Element {
        var name: String
        /// Attributes and children by name, in the order they were first met.
        var parts: [(name: String, samples: [Sample])] = []
        var text = ""

        mutating func add(_ name: String, _ sample: Sample) {
            if let part = parts.firstIndex(where: { $0.name == name }) {
                parts[part].samples.append(sample)
            } else {
                parts.append((name, [sample]))
            }
        }

        /// Text alone, or members of which one may be the text between the others.
        var sample: Sample {
            let value = Sample.value(Sample.Value(kind: .text, text: text))
            if parts.isEmpty { return value }
            var members = parts.map { part in
                Sample.Member(name: part.name, sample: part.samples.count > 1 ? .list(part.samples) : part.samples[0])
            }
            if !text.allSatisfy(\.isWhitespace) { members.append(Sample.Member(name: "text()", sample: value)) }
            return .members(members)
        }
    }

    private var open: [Element] = []
    private var root: Sample.Member?

    /// The document, as the one member that its root is.
    ///
    /// - Throws: `source.malformed` with the place.
    static func read(_ bytes: [UInt8]) throws(Fault) -> Sample {
        let parser = XMLParser(data: Data(bytes))
        parser.shouldProcessNamespaces = true
        let delegate = XMLSample()
        parser.delegate = delegate
        guard parser.parse(), let root = delegate.root else {
            throw Fault(
                .sourceMalformed, "the answer is no XML: line \(parser.lineNumber), column \(parser.columnNumber)",
                advice: "Look at what the address answers.", context: ["line": String(parser.lineNumber)])
        }
        return .members([root])
    }

    func parser(
        _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?, qualifiedName qName: String?,
        attributes attributeDict: [String: String] = [:]
    ) {
        var element = Element(name: elementName)
        for name in attributeDict.keys.sorted() where !name.hasPrefix("xml") {
            let local = name.split(separator: ":").last.map(String.init) ?? name
            element.add("@\(local)", .value(Sample.Value(kind: .text, text: attributeDict[name] ?? "")))
        }
        open.append(element)
        if open.count > JSONSample.depthAtMost { parser.abortParsing() }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { append(string) }

    func parser(_ parser: XMLParser, foundCDATA CDATABlock: Data) {
        append(String(decoding: CDATABlock, as: UTF8.self))
    }

    private func append(_ text: String) {
        guard !open.isEmpty else { return }
        open[open.count - 1].text += text
    }

    func parser(
        _ parser: XMLParser, didEndElement elementName: String, namespaceURI: String?, qualifiedName qName: String?
    ) {
        guard let element = open.popLast() else { return }
        if open.isEmpty {
            root = Sample.Member(name: element.name, sample: element.sample)
        } else {
            open[open.count - 1].add(element.name, element.sample)
        }
    }
}
