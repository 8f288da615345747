import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Model
import Testing

@testable import Gateway

@Suite struct RouteTests {
    @Test(arguments: [
        "/", "/collections", "/collections/enterprise", "/collections/enterprise/schema", "/catalog",
        "/catalog/enterprise", "/runs", "/runs/1", "/status", "/health/live", "/health/ready", "/metrics",
        "/collections/enterprise/items/r1", "/collections/enterprise/items/r1/history",
        "/collections/enterprise/items/r1/provenance", "/collections/enterprise/changes?after=0",
    ])
    func `every address answers, to HEAD too, and takes no unknown parameter`(path: String) async throws {
        let answer = try await ask(path)
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.headers[.requestID]?.count == 16)
        #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        let head = try await ask(path, method: .head)
        #expect(head.status == 200)
        #expect(head.text.isEmpty)
        // What is measured moves on between two questions.
        if path != "/metrics" { #expect(head.headers[.contentLength] == answer.headers[.contentLength]) }
        let joined = path + (path.contains("?") ? "&" : "?") + "surprise=1"
        let unknown = try await ask(joined)
        #expect(unknown.code == "request.unknown-parameter")
    }

    @Test(arguments: [
        "/nothing", "/collections/nothing", "/collections/nothing/items", "/collections/enterprise/items/r9",
        "/collections/enterprise/items/r9/history", "/collections/enterprise/items/r9/provenance", "/runs/2", "/runs/x",
        "/catalog/nothing", "/conformance", "/api", "/collections/enterprise/queryables", "/collections/%zz",
    ])
    func `what is not there is not found`(path: String) async throws {
        let answer = try await ask(path)
        #expect(answer.status == 404)
        #expect(answer.code == "request.not-found")
        let problem = try answer.json
        #expect(problem["origin"] as? String == "client")
        #expect(problem["retryable"] as? Bool == false)
        #expect(problem["correlationId"] as? String == answer.headers[.requestID])
    }

    @Test func `other methods are told which to use`() async throws {
        let answer = try await ask("/collections", method: .delete)
        #expect(answer.status == 405)
        #expect(answer.headers[.allow] == "GET, HEAD")
        #expect(answer.code == "request.method-not-allowed")
        let search = try await ask("/collections/enterprise/search")
        #expect(search.headers[.allow] == "POST")
    }

    @Test func `a valid trace is returned and a broken one is not`() async throws {
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let good = try await ask("/", headers: [.traceParent: trace])
        #expect(good.headers[.traceParent] == trace)
        for broken in ["x", "00-" + String(repeating: "0", count: 32) + "-b7ad6b7169203331-01", trace.uppercased()] {
            #expect(try await ask("/", headers: [.traceParent: broken]).headers[.traceParent] == nil)
        }
    }

    @Test func `changes tell tombstones and where to go on`() async throws {
        var store = Samples.store()
        store.removed = [1]
        let answer = try await ask("/collections/enterprise/changes?after=3", try Samples.gateway(store))
        let changes = try answer.list("changes")
        #expect(changes[0]["_removed"] == nil)
        #expect(Set(changes[1].keys) == ["_id", "_revision", "_publishedAt", "_stale", "_removed"])
        #expect(try answer.json["last"] as? Int == 42)
        let link = try answer.link("monitor")?["href"] as? String
        #expect(link?.hasSuffix("/changes?after=42&epoch=e1") == true)
        let gone = try await ask("/collections/enterprise/changes?after=3&epoch=e0")
        #expect(gone.status == 410)
        let lines = try await ask("/collections/enterprise/changes?f=ndjson")
        #expect(lines.headers[.lastRevision] == "42")
    }

    @Test func `a history says when each version was valid`() async throws {
        let answer = try await ask("/collections/enterprise/items/r1/history")
        let version = try #require(try answer.list("versions").first)
        #expect(version["_validFrom"] as? String == "2026-11-23T10:00:00+08:00")
        #expect(version["_validTo"] is NSNull)
        #expect(version["uscc"] as? String == "91430100MA4L1E2345")
    }

    @Test func `one record has its links inside and columns in the order asked`() async throws {
        let answer = try await ask("/collections/enterprise/items/r1?properties=staff,name")
        #expect(answer.text.hasPrefix(#"{"_id":"r1","staff":12,"name":"岳麓"#))
        #expect(try answer.list("_links").contains { $0["rel"] as? String == "provenance" })
        let feature = try await ask("/collections/enterprise/items/r1?f=geojson")
        #expect(try feature.link("self") != nil)
        let tag = try #require(answer.headers[.eTag])
        let same = try await ask(
            "/collections/enterprise/items/r1?properties=staff,name", headers: [.ifNoneMatch: tag])
        #expect(same.status == 304)
    }

    @Test func `provenance has converted values as they were sent`() async throws {
        let answer = try await ask("/collections/enterprise/items/r1/provenance")
        let values = try answer.list("values")
        let name = try #require(values.first { $0["field"] as? String == "name" })
        #expect(name["original"] as? String == "原文")
        #expect((name["locator"] as? [String: Any])?["record"] as? Int == 2)
        #expect(values.contains { $0["original"] == nil }, "and none where there is none")
    }

    @Test func `quality is told with null for what was not measured`() async throws {
        let entries = try #require(try await ask("/status").json["entries"] as? [[String: Any]])
        let quality = try #require(entries.first?["quality"] as? [String: Any])
        #expect((quality["completeness"] as? [String: Any])?["share"] as? Double == 0.75)
        #expect(quality["uniqueness"] is NSNull)
    }

    @Test func `the catalogue tells terms and fields, never how a source is reached`() async throws {
        let answer = try await ask("/catalog")
        #expect(answer.text.contains("市场监管局"))
        #expect(!answer.text.contains("secret-path"))
        #expect(!answer.text.contains("market-core"))
        #expect(try answer.list("features").first?["geometry"] is NSNull)
    }

    /// What its error says may be a record or a path: of an unforeseen one nothing is told.
    @Test func `an unforeseen error is a defect of ours, and tells nothing`() throws {
        struct Unforeseen: Error { var record = "王建国" }
        let fault = Problem.fault(for: Unforeseen())
        #expect(fault.code == .defect)
        let answer = Problem(fault, correlation: "0", instance: "/collections").response
        #expect(answer.status == .internalServerError)
        #expect(!"\(fault)".contains("王建国") && fault.context.isEmpty)
    }

    @Test func `readiness is the store's`() async throws {
        var store = Samples.store()
        store.fault = Fault(.storeFull, "the disk is full")
        let answer = try await ask("/health/ready", try Samples.gateway(store))
        #expect(answer.status == 503)
        #expect(answer.headers[.retryAfter] == "1")
        #expect(try await ask("/health/live", try Samples.gateway(store)).status == 200)
        let good = try await ask("/health/ready")
        #expect(try good.json["problems"] as? [String] == ["a.yaml:1:1: bad"])
    }

    @Test func `measurements name routes, never what was asked`() async throws {
        let gateway = try Samples.gateway()
        let text = try await gateway.application.test(.router) { client in
            _ = try await client.execute(uri: "/collections/enterprise/items?name=secret", method: .get)
            _ = try await client.execute(uri: "/collections/secret", method: .get)
            return String(buffer: try await client.execute(uri: "/metrics", method: .get).body)
        }
        #expect(text.contains(#"huitong_http_requests_total{route="/collections/{collection}/items",status="200"} 1"#))
        #expect(text.contains(#"status="404"} 1"#))
        #expect(text.contains(#"huitong_quarantined_records{entry="enterprise",department="market-regulation"} 5.0"#))
        #expect(text.contains(#"huitong_last_run{entry="enterprise",state="published"} 1"#))
        #expect(text.contains("huitong_freshness_seconds"))
        #expect(text.contains(#"huitong_system_circuit{system="market-core",state="open"} 1"#))
        #expect(text.contains(#"huitong_system_failures{system="market-core"} 5"#))
        #expect(!text.contains("secret"))
    }

    @Test func `a page from elsewhere cannot ask through a browser`() async throws {
        let settings = GatewaySettings(publicBase: "https://data.example.cn/exchange")
        let hosts = AllowedHosts(settings)
        for host in ["localhost:8080", "127.0.0.1", "[::1]:80", "Data.Example.cn"] { try hosts.check(host) }
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:8080"] {
            #expect(throws: Fault.self) { try hosts.check(host) }
        }
        let answer = try await ask("/collections", try Samples.gateway(Samples.store(), settings))
        #expect(answer.text.contains("https://data.example.cn/exchange/collections"))
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.1.2.3", true), ("localhost", true), ("::1", true), ("0.0.0.0", false),
        ("127.0.0.1.example.com", false), ("192.168.1.1", false), ("::", false), ("127.0.0", false), ("", false),
    ])
    func `only loopback is bound`(host: String, isAllowed: Bool) throws {
        if isAllowed {
            try LoopbackAddress.require(host)
        } else {
            #expect(throws: Fault.self) { try LoopbackAddress.require(host) }
        }
    }
}
