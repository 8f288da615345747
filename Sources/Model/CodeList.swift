/// A closed, versioned set of codes (代码表): GB/T 2260, 2261.1, 3304 …
public struct CodeList: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    /// The standard it is taken from.
    public var standard: String?
    public var codes: [Code]

    public init(name: String, title: String, standard: String? = nil, codes: [Code]) {
        self.name = name
        self.title = title
        self.standard = standard
        self.codes = codes
    }

    public struct Code: Sendable, Codable, Equatable {
        public var code: String
        public var title: String
        public var titleEnglish: String?
        /// ISO dates, inclusive; nil for "ever".
        public var validFrom: String?
        public var validTo: String?
        /// The code that took its place.
        public var successor: String?

        public init(
            code: String, title: String, titleEnglish: String? = nil, validFrom: String? = nil,
            validTo: String? = nil, successor: String? = nil
        ) {
            self.code = code
            self.title = title
            self.titleEnglish = titleEnglish
            self.validFrom = validFrom
            self.validTo = validTo
            self.successor = successor
        }
    }
}
