/// What is read from an answer's body.
public enum SourceFormat: String, Sendable, Codable, CaseIterable {
    case json, xml, csv

    /// What paths into it are called.
    public var pathName: String {
        switch self {
        case .json: "JSON path"
        case .xml: "XPath"
        case .csv: "column"
        }
    }
}

/// How a kind of source is asked and read: the data of an adapter (适配器).
///
/// Every text may hold `{{name}}`, replaced by a parameter of the entry or, while a run goes on, by one of
/// `Manifest.runVariables`. A text whose placeholder has no value is left out: a query item or header is not sent, a path
/// into the answer is not looked for. Only in a body it becomes empty, since the rest of the body stands. What stands between
/// `{{#name}}` and `{{/name}}` is there only where the name has a value.
public struct Manifest: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    public var summary: String
    public var format: SourceFormat
    public var decoder: Decoder
    public var requester: Requester
    public var paginator: Paginator
    public var recordSelector: RecordSelector
    public var errorHandler: ErrorHandler
    public var completeness: Completeness
    public var incrementalSync: IncrementalSync
    /// Whether validators (`ETag`, `Last-Modified`) are sent back: a text that gives `true` or `false`.
    public var conditional: String?
    /// How records arrive as files; nil where they are asked for.
    public var delivery: Delivery?
    public var parameters: [Parameter]
    /// The program that gives the records, for a source that is not asked over HTTP.
    public var program: Program?
    /// Texts that depend on what one parameter is.
    public var variants: [Variants]
    /// Paths that every answer of this kind has, by which a draft tells it; without any it is told by nothing.
    public var recognition: [String] = []

    public init(
        name: String, title: String, summary: String, format: SourceFormat, decoder: Decoder = Decoder(),
        requester: Requester = Requester(), paginator: Paginator = Paginator(),
        recordSelector: RecordSelector = RecordSelector(),
        errorHandler: ErrorHandler = ErrorHandler(), completeness: Completeness = Completeness(),
        incrementalSync: IncrementalSync = IncrementalSync(), conditional: String? = nil, parameters: [Parameter] = [],
        program: Program? = nil, variants: [Variants] = []
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.format = format
        self.decoder = decoder
        self.requester = requester
        self.paginator = paginator
        self.recordSelector = recordSelector
        self.errorHandler = errorHandler
        self.completeness = completeness
        self.incrementalSync = incrementalSync
        self.conditional = conditional
        self.parameters = parameters
        self.program = program
        self.variants = variants
    }

    /// Placeholders that the run gives, not the entry: the number of the page, the records before it, the cursor that
    /// asks for it, how many records a page has, the time changes are asked from and the parameter it is sent as, the time
    /// when the reading began, and the credential's part of a SOAP header.
    public static let runVariables = [
        "page", "offset", "cursor", "page_size", "since", "since_parameter", "now", "security",
    ]

    /// Names that texts can use, and what they stand for where a parameter has this or that value.
    public struct Variants: Sendable, Codable, Equatable {
        public var parameter: String
        /// Value of the parameter to named texts.
        public var texts: [String: [Item]]

        public init(parameter: String, texts: [String: [Item]]) {
            self.parameter = parameter
            self.texts = texts
        }
    }

    /// A named text. Under the name `*`, the text is one placeholder of type `pairs` and stands for all of them.
    public struct Item: Sendable, Codable, Equatable {
        public var name: String
        public var value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// The name that stands for all pairs of a parameter.
        public static let allPairs = "*"
    }

    /// How a time is written for a source that is asked for changes only.
    public struct IncrementalSync: Sendable, Codable, Equatable {
        public enum Format: String, Sendable, Codable, CaseIterable {
            case rfc3339
            /// `2026-03-01T00:00:00Z`.
            case utc
            /// `2026-03-01 08:00:00`, Asia/Shanghai.
            case seconds = "yyyy-MM-dd HH:mm:ss"
            /// `2026-03-01T08:00:00`, for sources whose times have no offset.
            case local = "yyyy-MM-ddTHH:mm:ss"
            /// `20260301080000`, Asia/Shanghai.
            case compact = "yyyyMMddHHmmss"
            /// `2026-03-01`, Asia/Shanghai.
            case date
            /// Seconds since 1970.
            case epoch
            /// Milliseconds since 1970.
            case epochMilliseconds = "epoch-ms"
        }
        /// Whose clocks a time is written by, where the format does not say.
        public enum Zone: String, Sendable, Codable, CaseIterable {
            case shanghai = "Asia/Shanghai"
            case coordinated = "UTC"
        }
        /// A text that gives one of the formats.
        public var format: String
        /// A text that gives one of the zones; nil for Asia/Shanghai.
        public var zone: String?
        /// Path of the cursor or address that the next run begins with, in place of a time.
        public var resume: String?

        public init(format: String = Format.rfc3339.rawValue, zone: String? = nil, resume: String? = nil) {
            self.format = format
            self.zone = zone
            self.resume = resume
        }
    }

    /// A parameter that an entry gives under `with`.
    public struct Parameter: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            /// `path` is a path into the answer, in the syntax of the adapter's format. A `fragment` is a part of the body:
            /// it goes in as it is written, and placeholders in it are replaced as in the body. A `document` is a value of
            /// any shape, kept as JSON text.
            case text, number, flag, list, pairs, path, fragment, document
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
