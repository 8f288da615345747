extension SourcePath {
    /// The steps of our part of XPath 1.0.
    static func elementSteps(_ text: String, namespaces: [String: String]) throws(Invalid) -> [Step] {
        if text.isEmpty || text == "/" || text == "." { return [] }
        var scan = PathScan(text)
        if !scan.take("/") && text.hasPrefix("./") { scan.skip(2) }
        var steps: [Step] = []
        repeat {
            let start = scan.column
            if let last = steps.last, !last.isElement {
                throw Invalid(message: "nothing can follow an attribute or text()", column: start)
            }
            steps.append(try elementStep(&scan, namespaces: namespaces))
        } while scan.take("/")
        guard scan.isAtEnd else {
            throw Invalid(message: "after a step comes `/` or the end", column: scan.column)
        }
        return steps
    }

    private static func elementStep(
        _ scan: inout PathScan, namespaces: [String: String]
    ) throws(Invalid) -> Step {
        let start = scan.column
        if scan.peek == "/" {
            throw Invalid(message: "`//` is not followed: name every step from the start on", column: start)
        }
        if scan.take("@") { return .attribute(try name(&scan, namespaces: namespaces)) }
        let (prefix, local) = qualified(&scan)
        if local == ".." || local == "." {
            throw Invalid(message: "`\(local)` is not followed within a path", column: start)
        }
        if local == "text" && prefix == nil && scan.take("(") {
            guard scan.take(")") else { throw Invalid(message: "text() takes nothing", column: scan.column) }
            return .text
        }
        if scan.peek == "(" || scan.peek == ":" {
            throw Invalid(message: "of axes and functions only `@name` and `text()` are followed", column: start)
        }
        let namespace = try uri(prefix, namespaces, column: start)
        if local != "*" { try check(local, column: start) }
        let (attributes, position) = try predicates(&scan, namespaces: namespaces)
        return .element(
            Element(
                local: local == "*" ? nil : local, namespace: namespace, attributes: attributes, position: position))
    }

    private static func predicates(
        _ scan: inout PathScan, namespaces: [String: String]
    ) throws(Invalid) -> ([Element.Attribute], Int?) {
        var attributes: [Element.Attribute] = []
        var position: Int?
        while scan.take("[") {
            let start = scan.column
            if position != nil { throw Invalid(message: "a position comes last: `[@a='v'][1]`", column: start) }
            if scan.take("@") {
                let name = try name(&scan, namespaces: namespaces)
                guard scan.take("="), scan.peek == "'" || scan.peek == "\"" else {
                    throw Invalid(message: "an attribute is compared with a text: `[@a='v']`", column: scan.column)
                }
                attributes.append(Element.Attribute(name: name, value: try scan.takeQuoted()))
            } else {
                let digits = scan.takeWhile { $0 != "]" }
                guard digits.utf8.count <= 9, let number = Int(digits), number > 0 else {
                    throw Invalid(message: "in brackets stands `[@a='v']` or a position from 1", column: start)
                }
                position = number
            }
            guard scan.take("]") else { throw Invalid(message: "`]` is missing", column: scan.column) }
        }
        return (attributes, position)
    }

    private static func name(_ scan: inout PathScan, namespaces: [String: String]) throws(Invalid) -> Name {
        let start = scan.column
        let (prefix, local) = qualified(&scan)
        if local == "*" { throw Invalid(message: "name the attribute: `@*` is not followed", column: start) }
        try check(local, column: start)
        return Name(local: local, namespace: try uri(prefix, namespaces, column: start))
    }

    private static func qualified(_ scan: inout PathScan) -> (prefix: String?, local: String) {
        let first = scan.takeWhile { !"/[]()=@:'\" ".contains($0) }
        guard scan.peek == ":", scan.peekSecond != ":" else { return (nil, first) }
        scan.skip(1)
        return (first, scan.takeWhile { !"/[]()=@:'\" ".contains($0) })
    }

    private static func uri(
        _ prefix: String?, _ namespaces: [String: String], column: Int
    ) throws(Invalid) -> String? {
        guard let prefix else { return nil }
        if let uri = namespaces[prefix] { return uri }
        if prefix == "xml" { return "http://www.w3.org/XML/1998/namespace" }
        let known = namespaces.keys.sorted().joined(separator: ", ")
        throw Invalid(
            message: "the prefix `\(prefix)` is not among the namespaces" + (known.isEmpty ? "" : " (\(known))"),
            column: column)
    }

    /// Holds a name to what XML lets it begin with, loosely: the parser knows the rest.
    private static func check(_ name: String, column: Int) throws(Invalid) {
        guard let first = name.unicodeScalars.first else {
            throw Invalid(message: "a name is missing", column: column)
        }
        if !(first.properties.isAlphabetic || first == "_") {
            throw Invalid(message: "`\(name)` is not a name of XML", column: column)
        }
    }
}

extension SourcePath.Step {
    fileprivate var isElement: Bool {
        if case .element = self { true } else { false }
    }
}
