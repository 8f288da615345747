extension SourcePath {
    /// The steps of our part of XPath 1.0.
    static func elementSteps(_ text: String, namespaces: [String: String]) throws(Invalid) -> [Step] {
        if text.isEmpty || text == "/" || text == "." { return [] }
        var scan = PathScan(text)
        if !scan.take("/") && text.hasPrefix("./") { scan.skip(2) }
        var steps: [Step] = []
        try take(&steps, from: &scan, namespaces: namespaces)
        guard scan.isAtEnd else {
            throw Invalid(message: "after a step comes `/` or the end", column: scan.column)
        }
        return steps
    }

    /// Takes steps as long as slashes follow.
    ///
    /// - Parameter isInside: within brackets, where no brackets may follow.
    private static func take(
        _ steps: inout [Step], from scan: inout PathScan, namespaces: [String: String], isInside: Bool = false
    ) throws(Invalid) {
        repeat {
            let start = scan.column
            if let last = steps.last, !last.isElement {
                throw Invalid(message: "nothing can follow an attribute or text()", column: start)
            }
            steps.append(try elementStep(&scan, namespaces: namespaces, isInside: isInside))
        } while scan.take("/")
    }

    private static func elementStep(
        _ scan: inout PathScan, namespaces: [String: String], isInside: Bool
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
        if isInside, scan.peek == "[" {
            throw Invalid(message: "within brackets no others can stand", column: scan.column)
        }
        return .element(
            try predicates(&scan, of: Element(local: local == "*" ? nil : local, namespace: namespace), namespaces))
    }

    private static func predicates(
        _ scan: inout PathScan, of element: Element, _ namespaces: [String: String]
    ) throws(Invalid) -> Element {
        var attributes: [Element.Attribute] = []
        var contents: [Element.Content] = []
        var position: Int?
        while scan.take("[") {
            let start = scan.column
            if position != nil { throw Invalid(message: "a position comes last: `[@a='v'][1]`", column: start) }
            if scan.take("@") {
                let name = try name(&scan, namespaces: namespaces)
                attributes.append(Element.Attribute(name: name, value: try compared(&scan, "@a")))
            } else if scan.peek?.isNumber == true {
                position = try index(&scan, isFree: contents.isEmpty)
            } else {
                var steps: [Step] = []
                try take(&steps, from: &scan, namespaces: namespaces, isInside: true)
                contents.append(Element.Content(steps: steps, value: try compared(&scan, "a")))
            }
            guard scan.take("]") else { throw Invalid(message: "`]` is missing", column: scan.column) }
        }
        return Element(
            local: element.local, namespace: element.namespace, attributes: attributes, contents: contents,
            position: position)
    }

    private static func compared(_ scan: inout PathScan, _ form: String) throws(Invalid) -> String {
        guard scan.take("="), scan.peek == "'" || scan.peek == "\"" else {
            throw Invalid(message: "in brackets a value is compared with a text: `[\(form)='v']`", column: scan.column)
        }
        return try scan.takeQuoted()
    }

    /// - Parameter isFree: whether nothing is asked for that is only known when the element ends.
    private static func index(_ scan: inout PathScan, isFree: Bool) throws(Invalid) -> Int {
        let start = scan.column
        let digits = scan.takeWhile { $0 != "]" }
        guard isFree else {
            throw Invalid(
                message: "of the elements with `[a='v']` the first counts: no position follows", column: start)
        }
        guard digits.utf8.count <= 9, let number = Int(digits), number > 0 else {
            throw Invalid(message: "positions are counted from 1", column: start)
        }
        return number
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
