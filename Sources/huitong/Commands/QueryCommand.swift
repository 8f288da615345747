import ArgumentParser
import Exchange
import Filter
import Gateway
import Model
import Store

struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Ask a collection, as its consumers can.",
        discussion: """
            Withheld fields are absent and fields graded 3 or higher are masked, unless --reveal is given by the owner \
            of the data directory.

            Example:
              huitong query legal-entity --where uscc=91430112MA4L0XXXXX
              huitong query enterprise-registration --where status=1 --sortby -established --limit 20 --format csv
              huitong query address --format geojson > addresses.geojson
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, ndjson, csv, geojson
    }

    @Argument(help: "The collection: an entry or a subject.")
    var collection: String

    @Option(help: ArgumentHelp("Records whose field is this value; several must all hold.", valueName: "field=value"))
    var `where`: [String] = []

    @Option(help: ArgumentHelp("Fields to show, with commas between.", valueName: "fields"))
    var properties: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Fields to sort by, with commas between; - before one turns it round.", valueName: "fields"))
    var sortby: String?

    @Option(help: ArgumentHelp("Records at most.", valueName: "count"))
    var limit = 20

    @Option(help: ArgumentHelp("text, json, ndjson, csv or geojson.", valueName: "format"))
    var format: Format = .text

    @Flag(help: "Show withheld fields, and graded ones unmasked.")
    var reveal = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try await options.settings()
        let query = try query()
        try await reading(settings) { workshop in
            guard let state = try await workshop.store.collection(collection) else {
                let known = try await workshop.store.collections().map(\.collection.name).sorted()
                throw Fault(
                    .notFound, "there is no collection named \(collection.prefix(64))",
                    advice: known.isEmpty
                        ? "Nothing is published yet: huitong sync --all"
                        : "There are: \(known.joined(separator: ", ")).")
            }
            let asking = Asking(
                store: workshop.store, collection: state.collection, disclosure: reveal ? .owner : .everybody)
            if let form = RecordListing.Form(rawValue: format.rawValue) {
                try await asking.list(query, as: form, limit: limit)
            } else {
                Console.line(try await asking.text(query, limit: limit))
            }
        }
    }

    private func query() throws(Fault) -> RecordQuery {
        guard limit > 0 else {
            throw Fault(.badParameter, "--limit \(limit) is not a count", advice: "Give a number from 1.")
        }
        var conditions: [FilterExpression] = []
        for condition in `where` {
            guard let sign = condition.firstIndex(of: "="), sign > condition.startIndex else {
                throw Fault(
                    .badParameter, "--where takes field=value", advice: "Example: --where status=1",
                    context: ["parameter": "where"])
            }
            let value = condition[condition.index(after: sign)...]
            conditions.append(.compare(field: String(condition[..<sign]), .equal, .literal(String(value))))
        }
        return RecordQuery(
            filter: conditions.count > 1 ? .and(conditions) : conditions.first,
            properties: properties.map(names),
            sort: sortby.map(names)?.map { name in
                SortTerm(field: String(name.drop { $0 == "-" || $0 == "+" }), isDescending: name.hasPrefix("-"))
            } ?? [])
    }

    private func names(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingPrefix(" ") }.map(String.init)
    }
}

/// A query against a store, page after page.
struct Asking {
    let store: any ExchangeStore
    let collection: Collection
    let disclosure: Disclosure

    /// Prints records in a form for programs.
    func list(_ query: RecordQuery, as form: RecordListing.Form, limit: Int) async throws(Fault) {
        var listing: RecordListing?
        try await pages(query, limit: limit) { page in
            let isFirst = listing == nil
            let current = listing ?? RecordListing(page.fields, as: form)
            if isFirst { Console.write(current.opening) }
            listing = current
            Console.write(current.bytes(of: page, isFirst: isFirst))
        }
        if let listing { Console.write(listing.closing) }
    }

    /// Records one below the other, field by field.
    func text(_ query: RecordQuery, limit: Int) async throws(Fault) -> String {
        let style = Style()
        var lines: [String] = []
        var count = 0
        try await pages(query, limit: limit) { page in
            for record in 0..<page.batch.count {
                count += 1
                let stale = page.envelopes[record].isStale ? style.yellow("  stale") : ""
                lines.append(style.bold(page.batch.id(record)) + stale)
                let width = page.fields.map { $0.name.count }.max() ?? 0
                for (column, field) in page.fields.enumerated() {
                    guard let value = page.batch.string(record, column) else { continue }
                    let padding = String(repeating: " ", count: width - field.name.count + 2)
                    lines.append("  \(field.name)\(padding)\(value.count > 100 ? value.prefix(99) + "…" : value)")
                }
            }
        }
        lines.append(style.dim("\(count) \(count == 1 ? "record" : "records")"))
        return lines.joined(separator: "\n")
    }

    private func pages(
        _ query: RecordQuery, limit: Int, _ each: (RecordPage) -> Void
    ) async throws(Fault) {
        var query = query
        var left = limit
        while left > 0 {
            query.limit = min(left, RecordQuery.greatestLimit)
            let page = try await store.page(try QueryPlan(query, over: collection, disclosure: disclosure))
            each(page)
            left -= page.batch.count
            guard let next = page.next, page.batch.count > 0 else { return }
            query.cursor = next.text
        }
    }
}
