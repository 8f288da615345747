import Model
import Store

extension StoreConformance {
    private static let shops = (0..<30).map { number in
        Workshop.Shop(
            code: "s\(number < 10 ? "0" : "")\(number)", name: number % 7 == 0 ? nil : "店\(number % 5)",
            staff: number % 6 == 0 ? nil : number % 4, worth: ["9", "10", "-3.5", "100", "0.07", nil][number % 6])
    }

    private static func plan(_ query: RecordQuery, _ workshop: Workshop) async throws -> QueryPlan {
        try QueryPlan(query, over: try await workshop.collection().collection, disclosure: .everybody)
    }

    static let snapshotChecks: [Check] = [
        Check("a page is given in pieces as it is given whole") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            let plan = try await plan(RecordQuery(sort: [SortTerm(field: "staff")], limit: 20), workshop)
            let whole = try await workshop.store.page(plan)
            let (pieces, next) = try await workshop.store.read("shop", within: nil) {
                reader throws(Fault) -> ([RecordPage], PageCursor?) in
                var pieces: [RecordPage] = []
                var progress = PageProgress.paused
                while case .paused = progress {
                    var piece = RecordPage(fields: plan.columns.map { plan.collection.fields[$0] })
                    let take: (RecordRow) -> Bool = { row in
                        piece.append(row)
                        return piece.batch.count < 7
                    }
                    progress = pieces.isEmpty ? try reader.page(plan, while: take) : try reader.rest(while: take)
                    pieces.append(piece)
                }
                guard case .done(let next) = progress else { return (pieces, nil) }
                return (pieces, next)
            }
            try expect(
                pieces.flatMap { piece in piece.batch.heads.indices.map { piece.batch.id($0) } },
                is: whole.batch.heads.indices.map { whole.batch.id($0) }, "the same records")
            try expect(pieces.map(\.batch.count), is: [7, 7, 6], "in pieces")
            try expect(next, is: whole.next, "and the same next page")
        },
        Check("where a page ends is told without reading it") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            for sort in [[], [SortTerm(field: "name"), SortTerm(field: "staff", isDescending: true)]] {
                for limit in [4, 29, 30, 31] {
                    let plan = try await plan(RecordQuery(sort: sort, limit: limit), workshop)
                    let next = try await workshop.store.page(plan).next
                    let told = try await workshop.store.read("shop", within: nil) { reader throws(Fault) in
                        try reader.next(after: plan)
                    }
                    try expect(told, is: next, "after \(limit)")
                }
            }
        },
        Check("pages follow one another in orders of several fields") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            for order in ["name -staff", "-name staff worth", "worth -code staff", "-staff -worth", "code -name"] {
                let sort = order.split(separator: " ").map { term in
                    SortTerm(field: String(term.drop { $0 == "-" }), isDescending: term.hasPrefix("-"))
                }
                let whole = try await workshop.ids(RecordQuery(sort: sort, limit: 1_000))
                try expect(Set(whole).count, is: 30, "all are there by \(order)")
                var paged: [String] = []
                var cursor: String?
                repeat {
                    let page = try await workshop.page(RecordQuery(sort: sort, limit: 3, cursor: cursor))
                    paged += page.batch.heads.indices.map { page.batch.id($0) }
                    cursor = page.next?.text
                } while cursor != nil && paged.count < 100
                try expect(paged, is: whole, "pages by \(order)")
            }
        },
        Check("a kept snapshot stays as it was while runs are published") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            let plan = try await plan(RecordQuery(limit: 100), workshop)
            let kept = try await workshop.store.read("shop", within: nil) { reader throws(Fault) in
                _ = try reader.page(plan) { _ in false }
                return reader.keep()
            }
            guard let kept else { throw Violation(description: "nothing was kept") }
            let before = try await workshop.collection().revision
            try await workshop.publish([.init(code: "s00"), .init(code: "new")])
            let (rest, revision) = try await kept.read(within: nil) {
                reader throws(Fault) -> ([String], Int64) in
                var ids: [String] = []
                _ = try reader.rest { row in
                    ids.append(String(decoding: row.id, as: UTF8.self))
                    return true
                }
                return (ids, reader.state.revision)
            }
            try expect(rest, is: shops.dropFirst().map(\.code), "the records of then")
            try expect(revision, is: before, "and the state of then")
            let now = try workshop.store.readAtOnce("shop") { reader in reader.state.revision }
            try expect(now > before, "others read what is served now")
        },
        Check("one record is read at once, with the fields that were asked for") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            for (columns, count) in [(nil, 6), ([2, 0], 2)] as [([Int]?, Int)] {
                let values = try workshop.store.readAtOnce("shop") { reader throws(Fault) -> Int? in
                    var values: Int?
                    _ = try reader.record("s03", columns: columns, disclosure: .everybody) { values = $0.values.count }
                    return values
                }
                try expect(values, is: count, "of s03")
            }
            let isThere = try workshop.store.readAtOnce("shop") { reader throws(Fault) in
                try reader.record("nobody", columns: nil, disclosure: .everybody) { _ in }
            }
            try expect(!isThere, "nobody")
            try await expect(.notFound, "no collection") {
                try workshop.store.readAtOnce("nowhere") { _ in }
            }
        },
        Check("a reading ends when its time is up") { workshop in
            try await workshop.register()
            try await workshop.publish(shops)
            try await expect(.storeBusy, "before it begins") {
                try await workshop.store.read("shop", within: 0) { _ in }
            }
        },
    ]
}
