import Foundation
import Testing

@testable import District

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The departments' servers", .serialized) struct ServerTests {
    static let small = District.Sizes(
        residents: 230, enterprises: 120, collectives: 1100, addresses: 150, penalties: 60, licences: 70,
        certificates: 130, parcels: 90)
    static let founding = ChinaTime.founding

    @Test func residentsComeAsPagedGBK() async throws {
        try await Client.with(sizes: Self.small) { client in
            var persons = 0
            for page in 1...4 {
                let answer = try await client.residents("page=\(page)&size=100")
                #expect(answer.status == 200)
                #expect(answer.headers["content-type"] == "text/xml; charset=GBK")
                #expect(String(data: answer.body, encoding: .utf8) == nil, "GBK is not UTF-8")
                let text = try #require(try Self.decoded(answer.body))
                #expect(text.hasPrefix(#"<?xml version="1.0" encoding="GBK"?>"#))
                #expect(text.contains("<Code>0</Code><Message>成功</Message><Total>230</Total><Page>\(page)</Page>"))
                persons += text.components(separatedBy: "<Person>").count - 1
            }
            #expect(persons == 230)
        }
    }

    @Test func aWrongTokenIsRefusedInsideA200() async throws {
        try await Client.with(sizes: Self.small) { client in
            let answer = try await client.get(
                client.ports.policePopulation, "/residents?page=1", ["Authorization": "Bearer guess"])
            #expect(answer.status == 200)
            let text = try #require(try Self.decoded(answer.body))
            #expect(text.contains("<Code>401</Code>"))
            #expect(!text.contains("<Person>"))
        }
    }

    @Test func enterprisesAnswerSignedRequestsOnly() async throws {
        try await Client.with(sizes: Self.small, clock: { Self.founding }) { client in
            let good = try await client.enterprises("pageNo=2&pageSize=50", at: Self.founding - 299)
            #expect(good["code"] as? String == "00")
            let data = try #require(good["data"] as? [String: Any])
            #expect(data["total"] as? Int == 120)
            #expect((data["rows"] as? [Any])?.count == 50)
            for (secret, time) in [("guess", Self.founding), (nil, Self.founding - 301), (nil, Self.founding + 301)] {
                let refused = try await client.enterprises("pageNo=1", secret: secret, at: time)
                #expect(refused["code"] as? String == "40101")
                #expect(refused["data"] == nil)
            }
        }
    }

    @Test func pagesOfOneExtractBelongTogetherWhileTimePasses() async throws {
        try await Client.with(sizes: Self.small, clock: { Self.founding }) { client in
            let whole = try await Self.enterprises(client, "pageNo=1&pageSize=500")
            var paged: [String] = []
            for page in 1...3 {
                paged += try await Self.enterprises(client, "pageNo=\(page)&pageSize=50")
                for _ in 0..<5 { await client.district.advance() }
            }
            #expect(paged == whole)
            #expect(try await Self.enterprises(client, "pageNo=1&pageSize=500") != whole, "time did pass")
        }
    }

    @Test func collectivesGiveAllByCursorAndThenWhatChanged() async throws {
        let later = Self.founding + 3600
        try await Client.with(sizes: Self.small, clock: { later }) { client in
            let all = try await Self.items(client, "")
            #expect(all.count == 1100)
            let before = "2026-01-01T00:30:00%2B08:00"
            #expect(try await Self.items(client, before).isEmpty)
            await client.district.advance()
            let changed = try await Self.items(client, before)
            #expect((3...6).contains(changed.count))
            #expect(changed.allSatisfy { $0["GXSJ"] as? String == "2026-01-01 01:00:00" })
            #expect(changed.filter { $0["SCBZ"] as? String == "1" }.count == 1)
            let known = Set(all.map { $0["MC"] as? String })
            #expect(changed.contains { !known.contains($0["MC"] as? String) }, "one is new")
            // Inclusive: asked from the very second of the change, they come again.
            #expect(try await Self.items(client, "20260101010000").count == changed.count)
            #expect(try await Self.items(client, "2026-01-01T01:00:01%2B08:00").isEmpty)
            #expect(try await Self.items(client, "2025-12-31T17:00:00Z").count == changed.count)
            // A full listing has what is added and has not what is removed.
            #expect(try await Self.items(client, "").count == 1100)
        }
    }

    @Test func bordersHaveAValidatorThatHoldsUntilTheyChange() async throws {
        try await Client.with(sizes: Self.small) { client in
            let first = try await client.get(client.ports.land, "/boundaries")
            let tag = try #require(first.headers["etag"])
            let features = try #require(try first.json()["features"] as? [[String: Any]])
            #expect(features.count == 16)
            await client.district.advance(tick: 1)
            let again = try await client.get(client.ports.land, "/boundaries", ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            await client.district.advance(tick: 20)
            let moved = try await client.get(client.ports.land, "/boundaries", ["If-None-Match": tag])
            #expect(moved.status == 200)
            #expect(moved.headers["etag"] != tag)
        }
    }

    @Test func addressesAreGeoJSONWithAPromisedTotal() async throws {
        try await Client.with(sizes: Self.small) { client in
            var features: [[String: Any]] = []
            for page in 1...3 {
                let answer = try await client.get(client.ports.land, "/addresses?page=\(page)&limit=60").json()
                #expect(answer["numberMatched"] as? Int == 150)
                features += answer["features"] as? [[String: Any]] ?? []
            }
            #expect(features.count == 150)
            let points = features.compactMap { ($0["geometry"] as? [String: Any])?["coordinates"] as? [Double] }
            let near = points.filter { abs($0[0] - 384_316.496) < 10_000 && abs($0[1] - 3_138_903.702) < 10_000 }
            #expect(near.count > 140)
        }
    }

    @Test(arguments: [("penalties", 60), ("licences", 70)])
    func creditRecordsAreXMLWithATotal(path: String, count: Int) async throws {
        try await Client.with(sizes: Self.small) { client in
            let text = try await client.get(client.ports.credit, "/\(path)?page=1&size=500").text
            #expect(text.contains("<total>\(count)</total>"))
            #expect(text.components(separatedBy: "<record>").count - 1 == count)
            #expect(XMLParser(data: Data(text.utf8)).parse())
        }
    }

    @Test func certificatesArePostedForAndNested() async throws {
        try await Client.with(sizes: Self.small) { client in
            var found: [[String: Any]] = []
            for page in 1...3 {
                let answer = try await client.certificates(#"{"pageNum": \#(page), "pageSize": 60}"#).json()
                #expect(answer["status"] as? String == "success")
                let result = try #require(answer["result"] as? [String: Any])
                #expect(result["count"] as? Int == 130)
                found += result["certificates"] as? [[String: Any]] ?? []
            }
            #expect(found.count == 130)
            let holders = found.compactMap { $0["holder"] as? [String: Any] }
            #expect(holders.count == 130)
            #expect(holders.allSatisfy { ($0["organization"] == nil) != ($0["person"] == nil) })
            let days = found.compactMap { ($0["term"] as? [String: Any])?["issued"] as? String }
            #expect(days.count == 130 && days.allSatisfy { $0.contains(/^[01][0-9]\/[0-3][0-9]\/20[0-9]{2}$/) })
        }
    }

    @Test func certificatesAreForWhoLogsInAndAsksWell() async throws {
        try await Client.with(sizes: Self.small) { client in
            #expect(try await client.certificates("{}", password: "guess").status == 401)
            for body in ["", "{}", #"{"pageNum": 0, "pageSize": 10}"#, #"{"pageNum": 1, "pageSize": 9999}"#] {
                let answer = try await client.certificates(body)
                #expect(answer.status == 200)
                #expect(try answer.json()["status"] as? String == "error", "\(body)")
            }
        }
    }

    @Test func parcelsHavePolygonsWithTheZoneAndAreasThatFit() async throws {
        try await Client.with(sizes: Self.small) { client in
            let answer = try await client.get(client.ports.land, "/parcels?page=1&limit=500").json()
            #expect(answer["count"] as? Int == 90)
            let rows = try #require(answer["data"] as? [[String: Any]])
            #expect(rows.count == 90)
            var fitting = 0
            for row in rows {
                guard let mu = row["MJ"] as? Double, let text = row["WKT"] as? String else { continue }
                let numbers = text.matches(of: /[0-9]+\.[0-9]+/).compactMap { Double($0.output) }
                #expect(numbers.count == 10)
                let area = (numbers[2] - numbers[0]) * (numbers[5] - numbers[1])
                if abs(area - mu * 10_000 / 15) < 0.5, numbers[0] > 38_000_000 { fitting += 1 }
            }
            #expect(fitting > 80)
        }
    }

    @Test func aTakenPortIsAnError() async throws {
        try await Client.with(sizes: Self.small) { client in
            await #expect(throws: (any Error).self) {
                try await District(ports: client.ports, sizes: Self.small, pace: nil).run()
            }
        }
    }

    private static func enterprises(_ client: Client, _ query: String) async throws -> [String] {
        let data = try await client.enterprises(query, at: founding)["data"] as? [String: Any]
        return (data?["rows"] as? [[String: Any]] ?? []).map { "\($0["TYSHXYDM"] ?? "") \($0["QYMC"] ?? "")" }
    }

    private static func items(_ client: Client, _ since: String) async throws -> [[String: Any]] {
        var items: [[String: Any]] = []
        var cursor: String?
        repeat {
            var query = since.isEmpty ? [] : ["updated_since=\(since)"]
            if let cursor { query.append("cursor=\(cursor)") }
            let answer = try await client.collectives("?" + query.joined(separator: "&"))
            items += try #require(answer["items"] as? [[String: Any]])
            cursor = answer["next"] as? String
        } while cursor != nil
        return items
    }

    /// Through the `iconv` program, so that our own encoder is not its own judge.
    private static func decoded(_ bytes: Data) throws -> String? {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try bytes.write(to: file)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["iconv", "-f", "GBK", "-t", "UTF-8", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? String(data: data, encoding: .utf8) : nil
    }
}
