import Filter
import Model

/// A query that a store can run as it stands: every field known and allowed, the order total, the cursor its own.
public struct QueryPlan: Sendable, Equatable {
    public let collection: Collection
    /// Indexes of the collection's fields to be read, in the order wanted.
    public let columns: [Int]
    public let filter: FilterExpression?
    public let box: BoundingBox?
    /// Terms before the id, which makes every order total.
    public let sort: [SortTerm]
    public let limit: Int
    public let after: PageCursor?
    public let disclosure: Disclosure

    /// Plans a query over a collection.
    ///
    /// - Parameter greatestLimit: a larger limit of the query is clamped to this.
    /// - Throws: `request.bad-parameter`, `request.field-not-available` or `request.cursor-expired`.
    public init(
        _ query: RecordQuery, over collection: Collection, disclosure: Disclosure,
        greatestLimit: Int = RecordQuery.greatestLimit
    ) throws(Fault) {
        self.collection = collection
        self.disclosure = disclosure
        filter = query.filter
        box = query.box
        sort = query.sort
        limit = min(max(query.limit, 1), greatestLimit)

        let visible = collection.fields.indices.filter {
            disclosure.treatment(of: collection.fields[$0]) != .absent
        }
        if let wanted = query.properties {
            var columns: [Int] = []
            for name in wanted {
                guard let index = visible.first(where: { collection.fields[$0].name == name }) else {
                    throw QueryPlan.unknown(name, "properties", in: collection, visible)
                }
                guard !columns.contains(index) else { throw QueryPlan.twice(name, "properties") }
                columns.append(index)
            }
            self.columns = columns
        } else {
            columns = visible
        }
        for name in query.filter?.fields ?? [] {
            try QueryPlan.check(name, "filter", collection, visible, disclosure)
        }
        for (position, term) in query.sort.enumerated() {
            guard !query.sort[..<position].contains(where: { $0.field == term.field }) else {
                throw QueryPlan.twice(term.field, "sortby")
            }
            let field = try QueryPlan.check(term.field, "sortby", collection, visible, disclosure)
            guard field.isIndexed, !field.type.isSpatial else {
                let sortable = visible.map { collection.fields[$0] }
                    .filter { $0.isIndexed && disclosure.isComparable($0) && !$0.type.isSpatial }.map(\.name)
                throw Fault(
                    .badParameter, "\(collection.name) cannot be sorted by \(term.field)",
                    advice: "Sort by one of: \(sortable.joined(separator: ", ")).",
                    context: ["parameter": "sortby", "field": term.field])
            }
        }
        if query.box != nil, !collection.fields.contains(where: { $0.type.isSpatial }) {
            throw Fault(
                .badParameter, "\(collection.name) has no geometry",
                advice: "Leave bbox out.", context: ["parameter": "bbox"])
        }
        after = try query.cursor.map { text throws(Fault) in try PageCursor(text, for: query, in: collection) }
    }

    /// Where the page after a record starts.
    public func cursor(values: [String?], id: String) -> PageCursor {
        PageCursor(
            values: values, id: id, query: RecordQuery(filter: filter, box: box, sort: sort), in: collection)
    }

    @discardableResult
    private static func check(
        _ name: String, _ parameter: String, _ collection: Collection, _ visible: [Int], _ disclosure: Disclosure
    ) throws(Fault) -> CollectionField {
        guard let index = visible.first(where: { collection.fields[$0].name == name }) else {
            throw unknown(name, parameter, in: collection, visible)
        }
        let field = collection.fields[index]
        guard disclosure.isComparable(field) else {
            throw Fault(
                .fieldNotAvailable, "\(name) is graded \(field.grade): it can be neither filtered nor sorted by",
                advice: "Ask for the record by its id, or by another field.",
                context: ["parameter": parameter, "field": name])
        }
        return field
    }

    /// A field that is named again would make an answer as much longer as its caller likes.
    private static func twice(_ name: String, _ parameter: String) -> Fault {
        Fault(
            .badParameter, "\(parameter) names \(name.prefix(64)) more than once", advice: "Name each field once.",
            context: ["parameter": parameter])
    }

    private static func unknown(
        _ name: String, _ parameter: String, in collection: Collection, _ visible: [Int]
    ) -> Fault {
        Fault(
            .badParameter, "\(collection.name) has no field \(name.prefix(64))",
            advice: "Its fields are: \(visible.map { collection.fields[$0].name }.joined(separator: ", ")).",
            context: ["parameter": parameter])
    }
}
