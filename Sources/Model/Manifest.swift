/// What is read from an answer's body.
public enum SourceFormat: String, Sendable, Codable, CaseIterable {
    case json, xml
}

/// How a kind of source is asked and read: the data of an adapter (适配器).
///
/// Every text may hold `{{name}}`, replaced by a parameter of the entry or, while a run goes on, by one of
/// `Manifest.runVariables`. A text whose placeholder has no value is left out: a query item or header is not sent, a path
/// into the answer is not looked for. Only in a body it becomes empty, since the rest of the body stands.
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

    public init(
        name: String, title: String, summary: String, format: SourceFormat, decoder: Decoder = Decoder(),
        requester: Requester = Requester(), paginator: Paginator = Paginator(),
        recordSelector: RecordSelector = RecordSelector(),
        errorHandler: ErrorHandler = ErrorHandler(), completeness: Completeness = Completeness(),
        incrementalSync: IncrementalSync = IncrementalSync(), conditional: String? = nil, parameters: [Parameter] = [],
        program: Program? = nil
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
    }

    /// Placeholders that the run gives, not the entry: the number of the page, the records before it, the cursor that
    /// asks for it, how many records a page has, the time changes are asked from and the parameter it is sent as.
    public static let runVariables = ["page", "offset", "cursor", "page_size", "since", "since_parameter"]

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

    /// How bytes become a document.
    public struct Decoder: Sendable, Codable, Equatable {
        /// The charset, where the answer does not say or says it wrongly.
        public var charset: String?
        /// Prefixes of XML paths and the namespaces they stand for.
        public var namespaces: [Item]

        public init(charset: String? = nil, namespaces: [Item] = []) {
            self.charset = charset
            self.namespaces = namespaces
        }
    }

    /// How a page is asked for; the system's base address comes before `path`.
    public struct Requester: Sendable, Codable, Equatable {
        public var method: String
        public var path: String
        public var query: [Item]
        public var headers: [Item]
        public var body: String?
        /// Also says how values are escaped within the body: JSON, XML or form.
        public var contentType: String?

        public init(
            method: String = "GET", path: String = "", query: [Item] = [], headers: [Item] = [], body: String? = nil,
            contentType: String? = nil
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
            self.contentType = contentType
        }
    }

    /// How one answer leads to the next request.
    public struct Paginator: Sendable, Codable, Equatable {
        public enum Strategy: String, Sendable, Codable, CaseIterable {
            /// One answer is everything.
            case none
            /// Pages are numbered.
            case page
            /// A page begins after so many records.
            case offset
            /// Each answer holds the cursor of the next page.
            case cursor
        }
        /// A text that gives one of the strategies.
        public var strategy: String
        /// Records a page.
        public var pageSize: String?
        /// Number of the first page.
        public var firstPage: String?
        /// Path of the next page's cursor in the answer.
        public var cursor: String?

        public init(
            strategy: String = Strategy.none.rawValue, pageSize: String? = nil, firstPage: String? = nil,
            cursor: String? = nil
        ) {
            self.strategy = strategy
            self.pageSize = pageSize
            self.firstPage = firstPage
            self.cursor = cursor
        }
    }

    /// Where the records are in an answer.
    public struct RecordSelector: Sendable, Codable, Equatable {
        /// JSON: path of the array; XML: path of the record's element.
        public var records: String

        public init(records: String = "") { self.records = records }
    }

    /// How a `200` says that it is none.
    public struct ErrorHandler: Sendable, Codable, Equatable {
        /// Path of the value that says whether the request succeeded.
        public var success: String?
        /// What that value is on success; one placeholder of type `list` stands for all its values.
        public var values: [String]
        /// Path of the source's own explanation.
        public var message: String?

        public init(success: String? = nil, values: [String] = [], message: String? = nil) {
            self.success = success
            self.values = values
            self.message = message
        }
    }

    /// How the source promises what everything is.
    public struct Completeness: Sendable, Codable, Equatable {
        /// Path of the number of records on all pages together.
        public var total: String?

        public init(total: String? = nil) { self.total = total }
    }

    /// How a time is written for a source that is asked for changes only.
    public struct IncrementalSync: Sendable, Codable, Equatable {
        public enum Format: String, Sendable, Codable, CaseIterable {
            case rfc3339
            /// `2026-03-01 08:00:00`, Asia/Shanghai.
            case seconds = "yyyy-MM-dd HH:mm:ss"
            /// `20260301080000`, Asia/Shanghai.
            case compact = "yyyyMMddHHmmss"
            /// `2026-03-01`, Asia/Shanghai.
            case date
            /// Seconds since 1970.
            case epoch
            /// Milliseconds since 1970.
            case epochMilliseconds = "epoch-ms"
        }
        /// A text that gives one of the formats.
        public var format: String

        public init(format: String = Format.rfc3339.rawValue) { self.format = format }
    }

    /// A parameter that an entry gives under `with`.
    public struct Parameter: Sendable, Codable, Equatable {
        public enum Kind: String, Sendable, Codable, CaseIterable {
            /// `path` is a path into the answer, in the syntax of the adapter's format; `document` is a value of any shape,
            /// kept as JSON text.
            case text, number, flag, list, pairs, path, document
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
