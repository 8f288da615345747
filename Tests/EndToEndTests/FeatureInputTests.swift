import Foundation
import HTTPTypes
import Testing

/// Answers that MapServer gave as a Web Feature Service, in three generations of GML.
@Suite(.enabled(if: Repository.hasRecording("wfs-mapserver-msautotest/wxs/expected/ows_wfs_getfeature.xml")))
struct FeatureInputTests {
    /// A recording begins with the lines that the CGI printed for the server: the answer's head.
    private static func answer(_ name: String) throws -> LoopbackSource.Answer {
        let text = try Repository.recordedText("wfs-mapserver-msautotest/wxs/expected/\(name).xml")
        let parts = text.replacing("\r\n", with: "\n").split(separator: "\n\n", maxSplits: 1).map(String.init)
        let head = parts[0].split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1).map(String.init) }
        let fields = Dictionary(head.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        return LoopbackSource.Answer(
            parts[1], type: fields["Content-Type"] ?? "text/xml",
            status: fields["Status"]?.hasPrefix("400") == true ? .badRequest : .ok)
    }

    private static func provinces(_ with: String) -> String {
        SourceEntry(
            name: "province", adapter: "wfs-2", with: "path: /wfs, type: province, \(with)", key: "code",
            fields: [
                ("code", "from: ['@id', '@fid'], required: true"),
                ("shape", "from: msGeometry, type: geometry, crs: EPSG:4326"),
            ]
        ).text
    }

    /// Pages as they were recorded, and those between cut out of the one recorded answer that has them all.
    private static func page(startIndex: Int) throws -> LoopbackSource.Answer {
        let name = "wfs_200_getfeature_startindex_\(startIndex)_count2"
        if Repository.hasRecording("wfs-mapserver-msautotest/wxs/expected/\(name).xml") { return try answer(name) }
        let all = try answer("wfs_200_getfeature_outputformat_gml311")
        let text = String(decoding: all.body, as: UTF8.self)
        let members = text.components(separatedBy: "<wfs:member>")
        let page = ([members[0]] + members.dropFirst(1 + startIndex).prefix(2)).joined(separator: "<wfs:member>")
        let end = "</wfs:FeatureCollection>"
        return LoopbackSource.Answer(page.contains(end) ? page : page + end, type: all.type)
    }

    private static func read(
        _ with: String, _ answer: @escaping @Sendable ([Substring: Substring]) throws -> LoopbackSource.Answer
    ) async throws -> [String: String] {
        try await LoopbackSource.serving { _, query in
            try answer(query)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["province": provinces(with)])
            let sync = try await exchange.run("sync", "province")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let findings = try await exchange.run("status", "province", "--findings")
            #expect(!findings.output.contains("geometry."), "\(findings.output)")
            return try await exchange.canonical("province")
        }
    }

    @Test func pagesHoldWhatOneAnswerHolds() async throws {
        let asked = Asked()
        let paged = try await LoopbackSource.serving { _, query in
            await asked.note("\(query["startIndex"] ?? "-") \(query["count"] ?? "-") \(query["typeNames"] ?? "-")")
            return try Self.page(startIndex: query["startIndex"].flatMap { Int($0) } ?? 0)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["province": Self.provinces("page_size: 2")])
            let sync = try await exchange.run("sync", "province")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            return try await exchange.canonical("province")
        }
        #expect(await asked.all == stride(from: 0, through: 20, by: 2).map { "\($0) 2 province" })
        #expect(paged.count == 21)
        let whole = try await Self.read("paging: none") { _ in
            try Self.answer("wfs_200_getfeature_outputformat_gml311")
        }
        #expect(paged == whole)
        // The first ring as it was recorded, latitude first, is longitude first here.
        let magdalen = try #require(paged["province.977"])
        #expect(magdalen.contains("[-61.51051,47.77424]"), "\(magdalen)")
    }

    @Test func generationsOfMarkupAreTheSamePlaces() async throws {
        let second = try await Self.read("paging: none") { _ in
            try Self.answer("wfs_200_getfeature_outputformat_gml212")
        }
        let third = try await Self.read("paging: none") { _ in
            try Self.answer("wfs_200_getfeature_outputformat_gml311")
        }
        #expect(second.count == 21)
        #expect(second == third)
    }

    @Test func anAddressOnAnotherHostIsNotFollowed() async throws {
        try await LoopbackSource.serving { _, _ in
            try Self.page(startIndex: 0)
        } _: { base, source in
            let exchange = try ExchangeFolder(
                base: base, entries: ["province": Self.provinces("page_size: 2, paging: next")])
            let sync = try await exchange.run("sync", "province")
            #expect(sync.status == 1)
            #expect(sync.complaints.contains("source.redirect"), "\(sync.complaints)")
            #expect(source.count == 1)
        }
    }

    @Test(arguments: [
        ("wfs_200_exception_getfeature_invalid_srsname", "Invalid SRS"),
        ("wfs_200_exception_getfeature_no_typenames", "TYPENAMES parameter missing"),
    ])
    func exceptionsAreToldWithTheirWords(name: String, words: String) async throws {
        for isRefused in [true, false] {
            try await LoopbackSource.serving { _, _ in
                var answer = try Self.answer(name)
                #expect(answer.status == .badRequest)
                if !isRefused { answer.status = .ok }
                return answer
            } _: { base, _ in
                let exchange = try ExchangeFolder(base: base, entries: ["province": Self.provinces("srs: 'EPSG:0'")])
                let sync = try await exchange.run("sync", "province")
                #expect(sync.status == 1)
                #expect(sync.complaints.contains("source.said-no"), "\(sync.complaints)")
                #expect(sync.complaints.contains(words), "\(sync.complaints)")
            }
        }
    }

    /// Version 1.1 counts first; the recorded answer to that is of 2.0, so its attribute has the older name here.
    @Test func anOlderServiceIsCountedFirst() async throws {
        let asked = Asked()
        try await LoopbackSource.serving { _, query in
            await asked.note(
                ["resultType", "maxFeatures", "startIndex"].map { query[$0] ?? "-" }.joined(separator: " "))
            if query["resultType"] == "hits" {
                var answer = try Self.answer("wfs_200_getfeature_resulttype_hits_count")
                let text = String(decoding: answer.body, as: UTF8.self)
                answer.body = Array(text.replacing("numberMatched", with: "numberOfFeatures").utf8)
                return answer
            }
            return try Self.answer("ows_wfs_getfeature")
        } _: { base, _ in
            let entry = SourceEntry(
                name: "province", adapter: "wfs-1", with: "path: /wfs, type: province", key: "code",
                fields: [
                    ("code", "from: '@fid', required: true"),
                    ("shape", "from: msGeometry, type: geometry, crs: EPSG:4326"),
                ])
            let exchange = try ExchangeFolder(base: base, entries: ["province": entry.text])
            let sync = try await exchange.run("sync", "province")
            // Several features of this answer have one fid: they are one record, and the last of them counts.
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "province")
            #expect(!records.isEmpty)
            #expect(records.keys.allSatisfy { $0.hasPrefix("province.") })
        }
        #expect(await asked.all == ["hits - -", "- - -"])
    }
}
