import Filter
import Model
import Store

extension StoreConformance {
    /// Thirty shops with repeated and missing values, so that every order has ties and nulls.
    private static let many = (0..<30).map { number in
        Workshop.Shop(
            code: "s\(number < 10 ? "0" : "")\(number)", name: number % 7 == 0 ? nil : "店\(number % 5)",
            staff: number % 6 == 0 ? nil : number % 4, worth: ["9", "10", "-3.5", "100", "0.07", nil][number % 6],
            spot: number % 3 == 0 ? nil : (112 + Double(number) / 10, 28))
    }

    static let readingChecks: [Check] = [
        Check("pages follow one another in every order, each record once") { workshop in
            try await workshop.register()
            try await workshop.publish(many)
            for field in ["code", "name", "staff", "worth"] {
                for isDescending in [false, true] {
                    let sort = [SortTerm(field: field, isDescending: isDescending)]
                    let whole = try await workshop.ids(RecordQuery(sort: sort, limit: 1_000))
                    try expect(Set(whole).count, is: 30, "all are there by \(field)")
                    var paged: [String] = []
                    var cursor: String?
                    repeat {
                        let page = try await workshop.page(RecordQuery(sort: sort, limit: 4, cursor: cursor))
                        paged += page.batch.heads.indices.map { page.batch.id($0) }
                        cursor = page.next?.text
                    } while cursor != nil && paged.count < 100
                    try expect(paged, is: whole, "pages by \(field), descending \(isDescending)")
                }
            }
        },
        Check("decimals are sorted and compared by value") { workshop in
            try await workshop.register()
            try await workshop.publish(many)
            let page = try await workshop.page(
                RecordQuery(
                    filter: .compare(field: "worth", .greaterOrEqual, .literal("9.00")),
                    sort: [SortTerm(field: "worth")], limit: 100))
            let worth = (0..<page.batch.count).map { page.batch.string($0, 3) ?? "" }
            try expect(
                worth,
                is: Array(repeating: "9", count: 5) + Array(repeating: "10", count: 5)
                    + Array(repeating: "100", count: 5), "nine is less than ten")
        },
        Check("filters say which records") { workshop in
            try await workshop.register()
            try await workshop.publish(many)
            func found(_ filter: FilterExpression) async throws -> Int {
                let ids = try await workshop.ids(RecordQuery(filter: filter, limit: 100))
                return ids.count
            }
            try expect(try await found(.compare(field: "code", .equal, .literal("s07"))), is: 1, "by key")
            try expect(try await found(.isNull(field: "staff")), is: 5, "by absence")
            try expect(
                try await found(.and([.compare(field: "staff", .equal, .literal("1")), .not(.isNull(field: "name"))])),
                is: 7, "by both")
            try expect(try await found(.or([])), is: 0, "by none")
            try await expect(.badParameter, "an operand of another type is refused") {
                _ = try await found(.compare(field: "staff", .equal, .literal("many")))
            }
            try expect(
                try await found(.compare(field: "name", .equal, .literal("' OR 1=1 --"))), is: 0, "operands are not SQL"
            )
        },
        Check("a box finds places within it, and records without one") { workshop in
            try await workshop.register()
            try await workshop.publish(many)
            let extent = try await workshop.collection().extent
            try expect([extent?.west, extent?.east], is: [112.1, 114.9], "the collection says how far it reaches")
            let box = BoundingBox(west: 112.05, south: 27, east: 112.45, north: 29)
            try expect(
                try await workshop.ids(RecordQuery(box: box, limit: 100)).count, is: 10 + 3,
                "places 1, 2 and 4, and the ten without a place")
            let place = try await workshop.page(RecordQuery(filter: .compare(field: "code", .equal, .literal("s01"))))
            try expect(place.batch.cell(0, 4).kind, is: .place, "a place comes out as a place")
            let across = BoundingBox(west: 114.85, south: 27, east: -170, north: 29)
            try expect(try await workshop.ids(RecordQuery(box: across, limit: 100)).count, is: 10 + 1, "over 180°")
            try await workshop.publish([.init(code: "s01", spot: (10, 10))])
            try expect(try await workshop.ids(RecordQuery(box: box)).count, is: 0, "moved away")
        },
        Check("graded fields are masked and withheld ones absent, on every path") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", name: "一")])
            try await workshop.publish([.init(code: "a", name: "二")])
            let secrets = ["430112199001011234", "内部"]
            var pages = [try await workshop.page()]
            pages.append(try await workshop.store.record("a", in: "shop", disclosure: .everybody) ?? pages[0])
            pages += try await workshop.store.history(of: "a", in: "shop", disclosure: .everybody).map(\.page)
            pages.append(
                try await workshop.store.changes(
                    in: "shop", after: 0, epoch: nil, limit: 10, disclosure: .everybody
                ).page)
            for page in pages {
                try expect(!page.fields.contains { $0.name == "note" }, "withheld fields are absent")
                let bytes = String(decoding: page.batch.bytes, as: UTF8.self)
                for secret in secrets { try expect(!bytes.contains(secret), "values stay in the store") }
            }
            let owner = try await workshop.contents()
            try expect(owner["a"]?[5], is: secrets[0], "the owner sees them")
            for query in [
                RecordQuery(filter: .compare(field: "owner", .equal, .literal(secrets[0]))),
                RecordQuery(sort: [SortTerm(field: "owner")]),
            ] {
                try await expect(.fieldNotAvailable, "they cannot be guessed at") { _ = try await workshop.page(query) }
            }
            try await expect(.badParameter, "withheld ones are not even named") {
                _ = try await workshop.page(RecordQuery(properties: ["note"]))
            }
        },
        Check("a field that was graded higher is masked at once") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a", name: "张三丰")])
            var graded = Workshop.shop
            graded.fields[1].grade = 3
            try await workshop.register(graded)
            let page = try await workshop.page()
            try expect(page.batch.string(0, 1) != "张三丰", "without a new run")
        },
        Check("a consumer of the change feed ends with what is served") { workshop in
            try await workshop.register()
            var generator = Seeded(state: 42)
            var known: [String: [String?]] = [:]
            var position: Int64 = 0
            for round in 0..<12 {
                let shops = (0..<20).filter { _ in generator.next() % 3 > 0 }.map {
                    Workshop.Shop(code: "s\($0)", staff: Int(generator.next() % 3))
                }
                try await workshop.publish(shops)
                if round % 2 == 0 { continue }
                var hasMore = true
                while hasMore {
                    let feed = try await workshop.store.changes(
                        in: "shop", after: position, epoch: nil, limit: 7, disclosure: .owner)
                    for (id, values) in Workshop.contents(feed.page) { known[id] = values }
                    for record in feed.removed { known[feed.page.batch.id(record)] = nil }
                    try expect(feed.last >= position, "positions grow")
                    position = feed.last
                    hasMore = feed.hasMore
                }
                try expect(known, is: try await workshop.contents(), "round \(round)")
            }
        },
        Check("a feed that cannot be continued says so") { workshop in
            try await workshop.register()
            try await workshop.publish([.init(code: "a")])
            for (revision, epoch) in [(Int64(99), nil), (0, "another")] as [(Int64, String?)] {
                try await expect(.changesGone, "ahead of us, or of another epoch") {
                    _ = try await workshop.store.changes(
                        in: "shop", after: revision, epoch: epoch, limit: 1, disclosure: .everybody)
                }
            }
        },
        Check("a cursor serves its own query only") { workshop in
            try await workshop.register()
            try await workshop.publish(many)
            let cursor = try await workshop.page(RecordQuery(limit: 3)).next?.text
            try await expect(.cursorExpired, "another order") {
                _ = try await workshop.page(RecordQuery(sort: [SortTerm(field: "name")], limit: 3, cursor: cursor))
            }
            try await expect(.cursorExpired, "not ours") { _ = try await workshop.page(RecordQuery(cursor: "x")) }
        },
        Check("provenance names the run, the page and the record") { workshop in
            try await workshop.register()
            let run = try await workshop.publish([.init(code: "b"), .init(code: "a", name: nil)])
            let origins = try await workshop.store.provenance(of: "a", in: "shop") ?? []
            try expect(
                origins.first { $0.field == "code" }?.locator, is: SourceLocator(page: 1, record: 2), "where it stood")
            try expect(Set(origins.map(\.run)), is: [run.number], "which run brought it")
            try expect(!origins.contains { $0.field == "name" || $0.field == "note" }, "of values that may be seen")
            try expect(try await workshop.store.provenance(of: "zz", in: "shop"), is: nil, "nothing of nobody")
        },
    ]
}

/// SplitMix64: the same numbers on every machine.
private struct Seeded {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
