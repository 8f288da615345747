/// Says where in a record or a document a value stands, in the syntax of its format.
///
/// - JSON: a JSONPath of members and indexes (`a.b`, `$.a['x.y'][0]`, RFC 9535 without wildcards, slices and descendants;
///   one filter that compares a member with a text, `links[?(@.rel=='next')].href`, takes the first that fits) or a JSON Pointer (`/data/rows`, RFC 6901). `""`, `$` and `/` are the document or record itself.
/// - XML: the part of XPath 1.0 that can be followed while a document streams by: child steps (`a/b`, `p:a`, `*`) with
///   `[@name='value']` and a last `[n]` counted from 1, then at most one `@attribute` or `text()`; `contact[type='phone']/value`
///   takes the first element that has this value inside. `""`, `.` and `/` are the document or record itself. A leading `/`
///   starts at the document.
/// - CSV: the name of a column as the header writes it, or its number counted from 1 where there is no header.
///
/// An XML name without a prefix stands for that local name in any namespace, because departments add default namespaces
/// without telling anybody; a name with a prefix is in exactly the namespace that the prefix is bound to.
public struct SourcePath: Sendable, Equatable, Hashable {
    /// The path as it was written.
    public let text: String
    public let format: SourceFormat
    /// Whether an XML path starts at the document; a JSON path takes its start from where it is used.
    public let isAbsolute: Bool
    public let steps: [Step]
    /// How the value there is opened, and where in it the wanted one stands; empty where the value is the wanted one.
    private let inside: [Inside]

    /// A value within a document that is a value itself.
    public struct Inside: Sendable, Equatable, Hashable {
        /// What has to be undone, in order; the last step says what the document is.
        public let steps: [Manifest.Decoder.Unwrapping]
        /// The path in that document.
        public let path: SourcePath
    }

    /// What leads from a value to one inside of it.
    public enum Step: Sendable, Equatable, Hashable {
        /// The value of an object under this key.
        case member(String)
        /// The value of an array at this index, counted from 0.
        case index(Int)
        /// The first object of an array that has this value at this path below it.
        case first(where: String, is: String)
        /// A JSON Pointer's digits: the key of an object, or the index of an array, whichever is met.
        case memberOrIndex(String, Int)
        case element(Element)
        case attribute(Name)
        /// The text that stands directly in an element, without that of the elements inside.
        case text
    }

    /// A name of XML.
    public struct Name: Sendable, Equatable, Hashable {
        public let local: String
        /// The namespace's URI; nil for any namespace.
        public let namespace: String?

        public init(local: String, namespace: String? = nil) {
            self.local = local
            self.namespace = namespace
        }
    }

    /// Which child elements a step takes.
    public struct Element: Sendable, Equatable, Hashable {
        /// The local name; nil for `*`.
        public let local: String?
        /// The namespace's URI; nil for any namespace.
        public let namespace: String?
        /// Attributes that the element must have, with these values.
        public let attributes: [Attribute]
        /// What must stand inside of the element; known when it ends.
        public let contents: [Content]
        /// Which of the matching children, counted from 1; nil for the first that has the rest of the path.
        public let position: Int?

        /// A value inside of an element: the steps to it, and what it has to be.
        public struct Content: Sendable, Equatable, Hashable {
            public let steps: [Step]
            public let value: String

            public init(steps: [Step], value: String) {
                self.steps = steps
                self.value = value
            }
        }

        public struct Attribute: Sendable, Equatable, Hashable {
            public let name: Name
            public let value: String

            public init(name: Name, value: String) {
                self.name = name
                self.value = value
            }
        }

        public init(
            local: String?, namespace: String? = nil, attributes: [Attribute] = [], contents: [Content] = [],
            position: Int? = nil
        ) {
            self.local = local
            self.namespace = namespace
            self.attributes = attributes
            self.contents = contents
            self.position = position
        }
    }

    /// Reads a path.
    ///
    /// - Parameters:
    ///   - namespaces: prefix to URI, for the prefixes of an XML path.
    /// - Throws: ``Invalid`` with the column and what would be right.
    public init(_ text: String, format: SourceFormat, namespaces: [String: String] = [:]) throws(Invalid) {
        self.text = text
        self.format = format
        var text = text
        inside = try Self.inside(&text, namespaces: namespaces)
        switch format {
        case .json:
            isAbsolute = false
            steps = try text.hasPrefix("/") ? Self.pointerSteps(text) : Self.memberSteps(text)
        case .xml:
            isAbsolute = text.hasPrefix("/")
            steps = try Self.elementSteps(text, namespaces: namespaces)
        case .csv:
            isAbsolute = false
            steps = text.isEmpty ? [] : [.member(text)]
        }
    }

    private init(_ text: String, _ format: SourceFormat, _ steps: [Step], isAbsolute: Bool = false) {
        self.text = text
        self.format = format
        self.isAbsolute = isAbsolute
        self.steps = steps
        inside = []
    }

    /// Whether an element on it is chosen by what stands in it.
    public var choosesByContent: Bool {
        steps.contains { if case .element(let element) = $0 { !element.contents.isEmpty } else { false } }
    }

    /// What is wanted of the document that the value is; nil where the value itself is wanted.
    public var document: Inside? { inside.first }

    /// The path of the value that is opened.
    public var wrapper: SourcePath { SourcePath(text, format, steps, isAbsolute: isAbsolute) }

    /// How a path into a document within a value is written: `PAYLOAD{base64,json}/person/name`.
    public static func text(of wrapper: String, opened steps: [String], at path: String) -> String {
        wrapper + "{" + steps.joined(separator: ",") + "}" + path
    }

    /// Takes the part of a path that leads into a value away from it.
    private static func inside(_ text: inout String, namespaces: [String: String]) throws(Invalid) -> [Inside] {
        guard let close = text.lastIndex(of: "}"), let open = text[..<close].lastIndex(of: "{") else { return [] }
        let steps = text[text.index(after: open)..<close].split(separator: ",").map {
            Manifest.Decoder.Unwrapping(rawValue: String($0))
        }
        guard let format = steps.last.flatMap({ $0?.format }), !steps.contains(nil) else { return [] }
        let path = try SourcePath(String(text[text.index(after: close)...]), format: format, namespaces: namespaces)
        if path.choosesByContent {
            throw Invalid(
                message: "in a document within a value an element is chosen by its attributes or position only",
                column: text[...close].count + 1)
        }
        text = String(text[..<open])
        return [Inside(steps: steps.compactMap { $0 }, path: path)]
    }

    /// A JSON document itself.
    public static let jsonDocument = SourcePath("", .json, [])

    /// A JSON path that starts at a member of where it started before.
    public func below(_ member: String) -> SourcePath {
        SourcePath(text, format, [.member(member)] + steps, isAbsolute: isAbsolute)
    }

    /// The path of the object that holds the value, and the last step below it.
    public var split: (holder: SourcePath, value: SourcePath) {
        (SourcePath(text, format, steps.dropLast()), SourcePath(text, format, steps.suffix(1)))
    }

    /// A path that chooses among the objects of an array, taken apart.
    public struct Choice: Sendable {
        /// The array.
        public let array: SourcePath
        /// Below each object the value that is compared, and what it has to be.
        public let member: SourcePath
        public let value: String
        /// Below the object chosen.
        public let rest: SourcePath
    }

    /// What a filter chooses; nil for a path without one.
    public var choice: Choice? {
        guard let place = steps.firstIndex(where: { if case .first = $0 { true } else { false } }),
            case .first(let member, let value) = steps[place],
            let member = try? SourcePath(member, format: .json)
        else { return nil }
        return Choice(
            array: SourcePath(text, format, Array(steps[..<place])), member: member, value: value,
            rest: SourcePath(text, format, Array(steps[(place + 1)...])))
    }

    /// Why a text is not a path that we follow.
    public struct Invalid: Error, Sendable, Equatable {
        /// What is wrong, and what would be right.
        public let message: String
        /// Where in the path, in characters counted from 1.
        public let column: Int

        public init(message: String, column: Int) {
            self.message = message
            self.column = column
        }
    }
}
