/// How an adapter asks, and how it goes from page to page.
extension Manifest {
    /// How a page is asked for; the system's base address comes before `path`.
    public struct Requester: Sendable, Codable, Equatable {
        public var method: String
        public var path: String
        public var query: [Item]
        public var headers: [Item]
        public var body: String?
        /// Also says how values are escaped within the body: JSON, XML or form.
        public var contentType: String?
        /// A text that says where the items of `query` go.
        public var place: String?

        /// Where named items are sent.
        public enum Place: String, Sendable, Codable, CaseIterable {
            case query
            /// In the body, as `application/x-www-form-urlencoded`.
            case form
        }

        public init(
            method: String = "GET", path: String = "", query: [Item] = [], headers: [Item] = [], body: String? = nil,
            contentType: String? = nil, place: String? = nil
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.headers = headers
            self.body = body
            self.contentType = contentType
            self.place = place
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
            /// Each answer holds the address of the next page.
            case next
            /// Each answer names the next page's address in its `Link` header (RFC 8288).
            case link
            /// A page begins after the key of the last record before it.
            case keyset
        }
        /// What a page without records means.
        public enum EmptyPage: String, Sendable, Codable, CaseIterable {
            /// The walk is over, whatever the page says.
            case ends
            /// The walk goes on as long as the page names another.
            case goesOn = "goes-on"
        }
        /// A text that gives one of the strategies.
        public var strategy: String
        /// Records a page.
        public var pageSize: String?
        /// Number of the first page.
        public var firstPage: String?
        /// Path of the next page's cursor in the answer.
        public var cursor: String?
        /// What the cursor is where there is no next page, beside empty: `0` in a catalogue service.
        public var lastCursors: [String]
        /// Path of the next page's address in the answer.
        public var next: String?
        /// Path of the key within a record, where the next page begins after it.
        public var key: String?
        /// Path of a value that says whether there is another page.
        public var more: String?
        /// A text that says what an empty page means.
        public var emptyPage: String?
        /// What later pages are asked with instead of the requester's query; empty for the same.
        public var query: [Item]

        public init(
            strategy: String = Strategy.none.rawValue, pageSize: String? = nil, firstPage: String? = nil,
            cursor: String? = nil, lastCursors: [String] = [], next: String? = nil, key: String? = nil,
            more: String? = nil, emptyPage: String? = nil, query: [Item] = []
        ) {
            self.strategy = strategy
            self.pageSize = pageSize
            self.firstPage = firstPage
            self.cursor = cursor
            self.lastCursors = lastCursors
            self.next = next
            self.key = key
            self.more = more
            self.emptyPage = emptyPage
            self.query = query
        }
    }
}
