/// A closed, versioned set of codes (代码表): GB/T 2260, 2261.1, 3304 …
public struct CodeList: Sendable, Codable, Equatable {
    public var name: String
    public var title: String
    /// The standard that fixes the codes.
    public var standard: String?
    /// The document that the rows were taken from: an edition, an announcement, an address.
    public var source: String?
    /// ISO dates, inclusive, between which this edition of the list is in force; nil for "ever". They say nothing of
    /// single codes, which have dates of their own.
    public var validFrom: String?
    public var validTo: String?
    public var codes: [Code]

    public init(
        name: String, title: String, standard: String? = nil, source: String? = nil, validFrom: String? = nil,
        validTo: String? = nil, codes: [Code]
    ) {
        self.name = name
        self.title = title
        self.standard = standard
        self.source = source
        self.validFrom = validFrom
        self.validTo = validTo
        self.codes = codes
    }

    /// Where a code comes from: its own source, else the list's, else the standard.
    public func source(of code: Code) -> String? { code.source ?? source ?? standard }

    public struct Code: Sendable, Codable, Equatable {
        public var code: String
        public var title: String
        public var titleEnglish: String?
        /// ISO dates, inclusive; nil for "ever".
        public var validFrom: String?
        public var validTo: String?
        /// The code that took its place.
        public var successor: String?
        /// The document that this code comes from, where it is not the list's.
        public var source: String?

        public init(
            code: String, title: String, titleEnglish: String? = nil, validFrom: String? = nil,
            validTo: String? = nil, successor: String? = nil, source: String? = nil
        ) {
            self.code = code
            self.title = title
            self.titleEnglish = titleEnglish
            self.validFrom = validFrom
            self.validTo = validTo
            self.successor = successor
            self.source = source
        }
    }
}
