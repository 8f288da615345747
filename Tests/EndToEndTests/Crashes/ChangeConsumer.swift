import Foundation
import Model
import SQLiteStore
import Store

/// Somebody who follows the change feed of a collection and never stops, whatever becomes of the exchange.
struct ChangeConsumer: Sendable {
    /// A change as the feed gives it.
    struct Change: Sendable, Equatable {
        let revision: Int64
        let id: String
        /// The members in the order of their names; nil where the record was removed.
        let members: String?
    }

    /// What the feed said at once.
    struct Page: Sendable {
        var changes: [Change]
        var last: Int64
        var epoch: String
        var hasMore: Bool
    }

    let collection: String
    /// What it knows by now.
    private(set) var records: [String: Change] = [:]
    private(set) var complaints: [String] = []
    private(set) var epoch: String?
    private(set) var last: Int64 = 0
    private var told: [Int64: Change] = [:]

    init(of collection: String) { self.collection = collection }

    /// Takes what follows on what it knows.
    mutating func take(_ page: Page) {
        if let epoch, epoch != page.epoch { complaints.append("\(collection) began a new epoch") }
        epoch = page.epoch
        var before = last
        for change in page.changes {
            if change.revision <= before { complaints.append("\(collection): \(change.revision) after \(before)") }
            before = change.revision
            if let known = told[change.revision], known != change {
                complaints.append("\(collection): revision \(change.revision) was \(known) and is \(change)")
            }
            told[change.revision] = change
            records[change.id] = change.members == nil ? nil : change
        }
        if page.last < before { complaints.append("\(collection) goes back from \(before) to \(page.last)") }
        last = max(last, page.last)
    }

    mutating func complain(_ text: String) { complaints.append("\(collection): \(text)") }

    /// Reads on in a store, to the end of what is there.
    mutating func read(_ store: SQLiteStore) async throws {
        guard try await store.collection(collection) != nil else { return }
        var hasMore = true
        while hasMore {
            let page = try await store.changes(
                in: collection, after: last, epoch: epoch, limit: 17, disclosure: .owner)
            hasMore = page.hasMore
            take(Page(page))
        }
    }

    /// What it knows that is not so, and what is so that it does not know.
    func differences(from served: [String: Int64]) -> [String] {
        let mine = records.mapValues(\.revision)
        let wrong = mine.filter { served[$0.key] != $0.value }
        let missed = served.filter { mine[$0.key] != $0.value }
        return complaints
            + wrong.map { "the feed of \(collection) has \($0.key) at \($0.value)" }
            + missed.map { "the feed of \(collection) lacks \($0.key) at \($0.value)" }
    }
}

extension ChangeConsumer.Page {
    init(_ page: ChangePage) {
        let batch = page.page.batch
        changes = (0..<batch.count).map { record in
            let members = page.page.fields.indices.map { column in
                "\(page.page.fields[column].name)=\(batch.string(record, column) ?? "-")"
            }
            return ChangeConsumer.Change(
                revision: page.page.envelopes[record].revision, id: batch.id(record),
                members: page.removed.contains(record) ? nil : members.sorted().joined(separator: " "))
        }
        (last, epoch, hasMore) = (page.last, page.epoch, page.hasMore)
    }

    /// An answer of `/changes?f=json`.
    init(json: String) throws {
        let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] ?? [:]
        guard let last = document["last"] as? Int, let epoch = document["epoch"] as? String,
            let items = document["changes"] as? [[String: Any]]
        else { throw CocoaError(.coderReadCorrupt, userInfo: [NSDebugDescriptionErrorKey: json]) }
        changes = try items.map { item in
            let members = item.filter { !$0.key.hasPrefix("_") }
            let text = try JSONSerialization.data(withJSONObject: members, options: .sortedKeys)
            return ChangeConsumer.Change(
                revision: Int64(item["_revision"] as? Int ?? 0), id: item["_id"] as? String ?? "",
                members: item["_removed"] as? Bool == true ? nil : String(decoding: text, as: UTF8.self))
        }
        (self.last, self.epoch) = (Int64(last), epoch)
        hasMore = document["more"] as? Bool ?? false
    }
}
