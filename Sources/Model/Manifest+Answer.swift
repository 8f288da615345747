/// How an adapter reads an answer, and what the answer says about itself.
extension Manifest {
    /// How bytes become a document.
    public struct Decoder: Sendable, Codable, Equatable {
        /// The charset, where the answer does not say or says it wrongly.
        public var charset: String?
        /// Prefixes of XML paths and the namespaces they stand for.
        public var namespaces: [Item]
        /// JSON: a text that gives `true` where the body is a document a line.
        public var lines: String?
        /// CSV: the character between values, or `tab`.
        public var separator: String?
        /// CSV: a text that gives `false` where the first line is a record already.
        public var header: String?
        /// Path of the value that is the document with the records.
        public var wrapper: String?
        /// How that value is opened, step by step; one placeholder of type `list` stands for all steps.
        public var unwrap: [String]

        public init(
            charset: String? = nil, namespaces: [Item] = [], lines: String? = nil, separator: String? = nil,
            header: String? = nil, wrapper: String? = nil, unwrap: [String] = []
        ) {
            self.charset = charset
            self.namespaces = namespaces
            self.lines = lines
            self.separator = separator
            self.header = header
            self.wrapper = wrapper
            self.unwrap = unwrap
        }

        /// One step of opening a value; the last one says what it holds.
        public enum Unwrapping: String, Sendable, Codable, CaseIterable {
            case base64, gzip, xml, json

            /// What the opened value is; nil for a step that only undoes something.
            public var format: SourceFormat? {
                switch self {
                case .base64, .gzip: nil
                case .xml: .xml
                case .json: .json
                }
            }
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
        /// What that value is on success; one placeholder of type `list` stands for all its values. Without any, the value
        /// has to be there and may be any.
        public var values: [String]
        /// Paths of values that only a failed request has; the first that an answer has counts.
        public var failure: [String]
        /// Values of `success` or `failure` after which the page may be asked for again.
        public var transient: [String]
        /// Values of `success` or `failure` that mean that there is nothing to send.
        public var nothing: [String]
        /// Values of `success` or `failure` that mean that our token is not accepted any more.
        public var expired: [String]
        /// Paths of the source's own explanation; the first that an answer has counts.
        public var message: [String]
        /// Statuses from 400 on whose body says what went wrong.
        public var statuses: [String]

        public init(
            success: String? = nil, values: [String] = [], failure: [String] = [], transient: [String] = [],
            nothing: [String] = [], expired: [String] = [], message: [String] = [], statuses: [String] = []
        ) {
            self.success = success
            self.values = values
            self.failure = failure
            self.transient = transient
            self.nothing = nothing
            self.expired = expired
            self.message = message
            self.statuses = statuses
        }
    }

    /// How the source promises what everything is.
    public struct Completeness: Sendable, Codable, Equatable {
        /// Path of the number of records on all pages together.
        public var total: String?
        /// Where a request of its own asks for the total: the items of its query, beside those of the requester that are
        /// not named again. An item without value takes the requester's away.
        public var query: [Item]

        public init(total: String? = nil, query: [Item] = []) {
            self.total = total
            self.query = query
        }
    }
}
