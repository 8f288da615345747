import Filter
import Foundation
import Hummingbird
import Model
import Store
import Synchronization
import Testing

@testable import Gateway

@Suite struct ItemsTests {
    @Test func `rows are plain JSON with exact numbers and escaped texts`() async throws {
        let answer = try await ask("/collections/enterprise/items")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        let expected =
            #"{"items":[{"_id":"r1","uscc":"91430100MA4L1E2345","name":"岳麓\"甲\"\n公司\u0001","capital":1200.50,"#
            + #""staff":12,"active":true,"phone":"138****0000","_revision":1,"_publishedAt":"2026-11-23T10:00:00+08:00"},"#
            + #"{"_id":"r2","uscc":"91430100MA4L1E2346","name":"=HYPERLINK(\"x\")","capital":null,"staff":-3,"#
            + #""active":false,"phone":null,"_revision":2,"_publishedAt":"2026-11-23T10:00:00+08:00","_stale":true}],"#
        #expect(answer.text.hasPrefix(expected))
        #expect(try answer.json["numberReturned"] as? Int == 2)
    }

    @Test func `withheld fields are nowhere`() async throws {
        let paths = [
            "/collections/enterprise/items?f=json", "/collections/enterprise/items?f=csv",
            "/collections/enterprise/items?f=geojson", "/collections/enterprise/items/r1",
            "/collections/enterprise/items/r1/history", "/collections/enterprise/items/r1/provenance",
            "/collections/enterprise/schema", "/collections/enterprise", "/catalog", "/catalog/enterprise",
            "/collections/enterprise/items?legal_rep_id=1", "/collections/enterprise/items?sortby=legal_rep_id",
            "/collections/enterprise/items?nonsense=1",
        ]
        for path in paths {
            let answer = try await ask(path)
            let told = answer.text.replacing("?legal_rep_id=1", with: "").replacing("parameter legal_rep_id", with: "")
            #expect(!told.contains("110101199001011234"), "\(path)")
            if answer.status == 200 { #expect(!told.contains("legal_rep_id"), "\(path)") }
        }
    }

    @Test func `a withheld field is answered like one that is not there`() async throws {
        let withheld = try await ask("/collections/enterprise/items?legal_rep_id=110101199001011234")
        let unknown = try await ask("/collections/enterprise/items?no_such_field_=110101199001011234")
        #expect(withheld.code == "request.unknown-parameter")
        #expect(withheld.status == 400)
        #expect(try withheld.json["advice"] as? String == unknown.json["advice"] as? String)
        #expect(!withheld.text.contains("110101199001011234"))
        #expect(try (withheld.json["advice"] as? String)?.contains("sortby") == true)
    }

    @Test func `a masked field cannot be compared`() async throws {
        let answer = try await ask("/collections/enterprise/items?phone=13800000000")
        #expect(answer.code == "request.field-not-available")
        #expect(answer.status == 403)
        #expect(!answer.text.contains("13800000000"))
    }

    @Test func `pages follow one another by the next link`() async throws {
        let first = try await ask("/collections/enterprise/items?limit=1&sortby=-uscc&staff=12")
        let next = try #require(try first.link("next")?["href"] as? String)
        #expect(next.contains("limit=1&sortby=-uscc&staff=12&cursor="))
        let path = String(next[try #require(next.range(of: "/collections")).lowerBound...])
        let second = try await ask(path)
        #expect(try second.list("items").map { $0["_id"] as? String } == ["r2"])
        #expect(try second.link("next") == nil)
        let foreign = try await ask(path.replacing("staff=12", with: "staff=13"))
        #expect(foreign.code == "request.cursor-expired")
    }

    @Test(arguments: [
        ("limit=0", "limit"), ("limit=ten", "limit"), ("bbox=1,2,3", "bbox"), ("bbox=1,2,x,4", "bbox"),
        ("bbox=0,91,1,92", "bbox"), ("bbox=0,10,1,5", "bbox"), ("sortby=", "sortby"),
        ("properties=uscc,,name", "properties"),
        ("f=xml", "f"), ("bom=true", "bom"), ("bom=yes&f=csv", "bom"), ("staff=1&staff=2", "staff"),
        ("name=%GG", "name"),
        ("name=%FF", "name"), ("sortby=name", "sortby"), ("bbox=1,2,3,4", "bbox"), ("properties=nope", "properties"),
    ])
    func `a bad parameter is named with what was expected`(query: String, parameter: String) async throws {
        let answer = try await ask("/collections/enterprise/items?" + query)
        #expect(answer.status == 400)
        #expect(answer.code == "request.bad-parameter")
        let errors = try answer.list("errors")
        #expect(errors.first?["parameter"] as? String == parameter)
        #expect((errors.first?["expected"] as? String)?.isEmpty == false)
        #expect(answer.headers[.contentType] == "application/problem+json")
    }

    @Test func `the position of a bad part is told`() async throws {
        let answer = try await ask("/collections/enterprise/items?bbox=1,2,x,4")
        #expect(try answer.list("errors").first?["position"] as? Int == 2)
    }

    @Test func `limits are clamped and parameters reach the plan`() async throws {
        var store = Samples.store(isSpatial: true)
        let seen = Seen()
        store.asked = { seen.add($0) }
        let answer = try await ask(
            "/collections/enterprise/items?limit=999999&properties=name&bbox=1,2,0,3,4,0&name=a+b%2Bc",
            try Samples.gateway(store))
        #expect(answer.status == 200)
        let plan = try #require(seen.plans.first)
        #expect(plan.limit == RecordQuery.greatestLimit)
        #expect(plan.columns == [1, 7])
        #expect(plan.box == BoundingBox(west: 1, south: 2, east: 3, north: 4))
        #expect(plan.filter == .compare(field: "name", .equal, .literal("a b+c")))
    }

    @Test func `a search is the same query in a body`() async throws {
        let body = #"{"limit":1,"sortby":["-uscc"],"equals":{"staff":12,"active":true,"name":null}}"#
        let first = try await ask("/collections/enterprise/search", method: .post, body: body)
        #expect(first.status == 200)
        let next = try #require(try first.link("next"))
        #expect(next["method"] as? String == "POST")
        let again = try JSONSerialization.data(withJSONObject: try #require(next["body"]))
        let second = try await ask(
            "/collections/enterprise/search", method: .post, body: String(decoding: again, as: UTF8.self))
        #expect(try second.list("items").map { $0["_id"] as? String } == ["r2"])
    }

    @Test(arguments: [
        (#"{"limt":1}"#, "request.unknown-parameter"), (#"{"limit":"x"}"#, "request.invalid"),
        (#"{"equals":{"legal_rep_id":"1"}}"#, "request.unknown-parameter"), ("not json", "request.invalid"),
        (#"{"equals":{"phone":"1"}}"#, "request.field-not-available"), (#"{"limit":0}"#, "request.bad-parameter"),
        (#"[]"#, "request.invalid"),
    ])
    func `a bad body is refused`(body: String, code: String) async throws {
        let answer = try await ask("/collections/enterprise/search", method: .post, body: body)
        #expect(answer.code == code, "\(answer.text)")
    }

    @Test func `a body beyond the limit is refused`() async throws {
        let gateway = try Samples.gateway(Samples.store(), GatewaySettings(port: 0, bodyLimit: 16))
        let answer = try await ask(
            "/collections/enterprise/search", gateway, method: .post, body: #"{"equals":{"name":"longer"}}"#)
        #expect(answer.status == 413)
        #expect(answer.code == "request.too-large")
    }

    @Test func `an answer that did not change is not sent again`() async throws {
        let first = try await ask("/collections/enterprise/items")
        let tag = try #require(first.headers[.eTag])
        #expect(tag.hasPrefix("W/"))
        let same = try await ask("/collections/enterprise/items", headers: [.ifNoneMatch: "\"x\", " + tag])
        #expect(same.status == 304)
        #expect(same.text.isEmpty)
        let other = try await ask("/collections/enterprise/items?f=csv", headers: [.ifNoneMatch: tag])
        #expect(other.status == 200)
        var moved = Samples.store()
        moved.state.revision += 1
        let later = try await ask(
            "/collections/enterprise/items", try Samples.gateway(moved), headers: [.ifNoneMatch: tag])
        #expect(later.status == 200)
        var regraded = Samples.store()
        regraded.state.collection.fields[1].grade = 3
        let masked = try await ask(
            "/collections/enterprise/items", try Samples.gateway(regraded), headers: [.ifNoneMatch: tag])
        #expect(masked.status == 200)
    }
}

/// Plans that a store was asked for.
final class Seen: Sendable {
    private let mutex = Mutex<[QueryPlan]>([])
    var plans: [QueryPlan] { mutex.withLock { $0 } }
    func add(_ plan: QueryPlan) { mutex.withLock { $0.append(plan) } }
}
