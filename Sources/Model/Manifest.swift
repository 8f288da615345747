/// What is read from an answer's body.
public enum SourceFormat: String, Sendable, Codable, CaseIterable {
    case json, xml
}

/// How a kind of source is asked and read: the data of an adapter (适配器).
///
/// Every text may hold `{{name}}`, replaced by a parameter of the entry or, while a run goes on, by `page`, `offset`,
/// `cursor`, `page_size` or `since`. A query item or header whose placeholder has no value is left out.
public struct Manifest: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    public var summary: String
    public var format: SourceFormat
    public var parameters: [Parameter]

    public init(name: String, title: String, summary: String, format: SourceFormat, parameters: [Parameter]) {
        self.name = name
        self.title = title
        self.summary = summary
        self.format = format
        self.parameters = parameters
    }

    /// A parameter that an entry gives under `with`.
    public struct Parameter: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            /// `path` is a path into the answer, in the syntax of the adapter's format.
            case text, number, flag, list, pairs, path
        }
        public var name: String
        public var type: Kind
        public var isRequired: Bool
        public var standard: ParameterValue?
        /// For texts with few possible values.
        public var choices: [String]
        /// One sentence.
        public var about: String

        public init(
            name: String, type: Kind = .text, isRequired: Bool = false, standard: ParameterValue? = nil,
            choices: [String] = [], about: String
        ) {
            self.name = name
            self.type = type
            self.isRequired = isRequired
            self.standard = standard
            self.choices = choices
            self.about = about
        }
    }
}
