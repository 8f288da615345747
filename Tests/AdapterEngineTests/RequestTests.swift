import Foundation
import Model
import Testing
import Transport

@testable import AdapterEngine

@Suite("Requests of a plan")
struct RequestTests {
    @Test("the first request of every way of paging")
    func firstRequests() throws {
        let expected = [
            "none": "http://core.test/api/firms", "page": "http://core.test/api/firms?page=1&size=50",
            "offset": "http://core.test/api/firms?offset=0&size=50", "cursor": "http://core.test/api/firms?size=50",
        ]
        for (paging, url) in expected {
            let plan = try Fixture.plan([
                "path": .text("/firms"), "paging": .text(paging), "page_size": .number(50),
                "cursor_path": .text("/next"),
            ])
            #expect(try Fixture.request(plan).url == url)
        }
    }

    @Test("the request of a later page, resumed")
    func laterRequests() throws {
        let parameters: [String: ParameterValue] = [
            "path": .text("firms?type=1"), "page_size": .number(2), "cursor_path": .text("/next"),
            "page_parameter": .text("pageNo"), "query": .pairs(["z": "望城", "a": "1 + 1"]),
        ]
        let cases = [
            ("page", "4@3", "pageNo=3"), ("offset", "4@", "offset=4"), ("cursor", "4@a b&c", "cursor=a%20b%26c"),
        ]
        for (paging, token, item) in cases {
            let plan = try Fixture.plan(parameters.merging(["paging": .text(paging)]) { $1 })
            let request = try Fixture.request(plan, from: Position(page: 3, token: token))
            #expect(
                request.url
                    == "http://core.test/api/firms?type=1&a=1%20%2B%201&z=%E6%9C%9B%E5%9F%8E&\(item)&size=2")
        }
    }

    @Test(
        "whatever an entry's path and cursor are, the system's own host is asked",
        arguments: [
            "@evil.test/", ".evil.test/", ":80@evil.test/", "//evil.test/", "/\\\\evil.test/", "http://evil.test/",
            "/../../evil.test", "?@evil.test/", "#@evil.test/", "/%2f%2fevil.test", "\u{3002}evil.test", "",
        ])
    func hostStays(path: String) throws {
        let plan = try Fixture.plan(
            ["path": .text(path), "paging": .text("cursor"), "cursor_path": .text("/next")], base: "http://core.test")
        for position in [Position(), Position(page: 2, token: "1@" + path)] {
            #expect(try Location(Fixture.request(plan, from: position).url).host == "core.test")
        }
    }

    @Test("a body's placeholders are escaped as its media type asks")
    func body() throws {
        let json = try Fixture.plan([
            "path": .text("/firms"), "method": .text("POST"), "paging": .text("cursor"), "cursor_path": .text("/next"),
            "page_size": .number(10), "body": .text(#"{"size": {{page_size}}, "after": "{{cursor}}"}"#),
        ])
        let first = try Fixture.request(json)
        #expect(first.method == "POST")
        #expect(first.header("Content-Type") == "application/json")
        #expect(first.body.map { String(decoding: $0, as: UTF8.self) } == #"{"size": 10, "after": ""}"#)
        let next = try Fixture.request(json, from: Position(page: 2, token: #"10@a"b\"#))
        #expect(next.body.map { String(decoding: $0, as: UTF8.self) } == #"{"size": 10, "after": "a\"b\\"}"#)

        let xml = try Fixture.plan(
            [
                "path": .text("/firms"), "method": .text("POST"), "records": .text("/a/b"), "paging": .text("page"),
                "body": .text("<q d='{{page}}'>{{page_size}}</q>"),
            ], adapter: "http-xml")
        let request = try Fixture.request(xml)
        #expect(request.header("Content-Type") == "text/xml; charset=utf-8")
        #expect(request.header("Accept") == "application/xml, text/xml")
        #expect(request.body.map { String(decoding: $0, as: UTF8.self) } == "<q d='1'>1000</q>")
    }

    @Test("credentials are shown as each asks for it")
    func credentials() throws {
        func request(_ credential: Credential) throws -> (url: String, headers: [String]) {
            let request = try Fixture.request(try Fixture.plan(["path": .text("/f")], credential: credential))
            return (request.url, request.headers.filter { $0.name != "Accept" }.map { "\($0.name): \($0.value)" })
        }
        #expect(try request(.none).headers == [])
        #expect(try request(.basic(user: "gw", secret: "key")).headers == ["Authorization: Basic Z3c6czNjcmV0"])
        #expect(try request(.bearer(secret: "market/token")).headers == ["Authorization: Bearer t0ken"])
        #expect(try request(.apiKey(secret: "key", placement: .header, name: "X-Key")).headers == ["X-Key: s3cret"])
        #expect(try request(.apiKey(secret: "key", placement: .query, name: "k")).url.hasSuffix("/f?k=s3cret"))
        // Digests made with md5sum and sha256sum of "gw" + "s3cret" + "20260301080000".
        let sha = Credential.Signing(appKey: "gw", secret: "key")
        #expect(
            try request(.signed(sha)).headers == [
                "appKey: gw", "timestamp: 20260301080000",
                "sign: 4b0b5c93a6b5dfe36709c1ee973c927eb11ad30effe7cb97c0e62ec8e4f1b4bb",
            ])
        let md5 = Credential.Signing(
            appKey: "gw", secret: "key", digest: .md5, placement: .query, keyName: "k", timeName: "t",
            signatureName: "s")
        #expect(try request(.signed(md5)).url.hasSuffix("/f?k=gw&t=20260301080000&s=723b8d8e8e1927fdb33bdfbed2f0045d"))
    }

    @Test("a client certificate is shown in the handshake")
    func certificate() throws {
        let plan = try Fixture.plan(
            ["path": .text("/f")], credential: .certificate(certificate: "c.pem", key: "k.pem", authority: "a.pem"))
        let tls = try #require(try Fixture.request(plan).tls)
        #expect(tls.certificate == "c.pem" && tls.key == "k.pem" && tls.authority == "a.pem")
    }

    @Test("a secret that is not there stops the plan, and is not asked for outside its folder")
    func missingSecret() {
        for name in ["none", "../key", "/etc/passwd"] {
            let fault = #expect(throws: Fault.self) {
                _ = try Fixture.plan(["path": .text("/f")], credential: .bearer(secret: name))
            }
            #expect(fault?.code == .missingCredential)
        }
    }

    @Test("parameters that do not fit the manifest stop the plan")
    func misfits() {
        let cases: [([String: ParameterValue], String)] = [
            ([:], "'path' is missing"), (["path": .text("/f"), "pth": .text("x")], "no parameter 'pth'"),
            (["path": .text("/f"), "paging": .text("pages")], "no paging 'pages'"),
            (["path": .text("/f"), "paging": .text("cursor")], "cursor's path"),
            (["path": .text("/f"), "records": .text("$..rows")], "path '$..rows'"),
        ]
        for (parameters, part) in cases {
            let fault = #expect(throws: Fault.self) { _ = try Fixture.plan(parameters) }
            #expect(fault?.code == .badAdapter)
            #expect(fault?.message.contains(part) == true)
        }
    }

    @Test(
        "changes are asked from the last time we have, less what is asked for again",
        arguments: [
            ("rfc3339", "2026-03-01T07%3A00%3A00%2B08%3A00"), ("yyyy-MM-dd HH:mm:ss", "2026-03-01%2007%3A00%3A00"),
            ("yyyy-MM-ddTHH:mm:ss", "2026-03-01T07%3A00%3A00"), ("yyyyMMddHHmmss", "20260301070000"),
            ("date", "2026-03-01"), ("epoch", "1772319600"),
            ("epoch-ms", "1772319600000"),
        ])
    func since(format: String, expected: String) throws {
        let delta = Entry.Delivery.delta(Entry.Delta(parameter: "updated_since", field: "f1", lookBack: 3600))
        func url(_ watermark: Watermark?, snapshot: Bool = false) throws -> String {
            try Fixture.request(
                try Fixture.plan(
                    ["path": .text("/f"), "since_format": .text(format)], delivery: delta, watermark: watermark,
                    snapshot: snapshot)
            ).url
        }
        let watermark = Watermark(since: "2026-03-01T08:00:00+08:00")
        #expect(try url(watermark) == "http://core.test/api/f?updated_since=\(expected)")
        #expect(try url(nil) == "http://core.test/api/f")
        #expect(try url(watermark, snapshot: true) == "http://core.test/api/f")
    }

    @Test(
        "a source's clocks may be those of UTC",
        arguments: [
            (.rfc3339, "2026-02-28T23:00:00+00:00"), (.utc, "2026-02-28T23:00:00Z"), (.seconds, "2026-02-28 23:00:00"),
            (.local, "2026-02-28T23:00:00"), (.compact, "20260228230000"), (.date, "2026-02-28"),
            (.epoch, "1772319600"),
        ] as [(Manifest.IncrementalSync.Format, String)])
    func coordinatedTime(format: Manifest.IncrementalSync.Format, expected: String) {
        #expect(SourceTime(epoch: 1_772_319_600).text(format, zone: .coordinated) == expected)
    }

    @Test("a value within a path keeps its slashes, and nothing else that means something there")
    func pathOfParts() throws {
        let plan = try Fixture.plan(["layer": .text("/服务/A B?/Feature#Server/0")], adapter: "arcgis")
        let url = try Fixture.request(plan).url
        #expect(
            url.hasPrefix(
                "http://core.test/api/%E6%9C%8D%E5%8A%A1/A%20B%3F/Feature%23Server/0/query?where=1%3D1&outFields=%2A&"))
    }

    @Test("a total is asked for where its request has an item, and only there")
    func totalRequest() throws {
        let counting = try Fixture.plan(["layer": .text("/0"), "order": .text("ID")], adapter: "arcgis").pages.requests
        let silent = try Fixture.plan(["layer": .text("/0"), "count": .flag(false)], adapter: "arcgis").pages.requests
        #expect(counting.asksForTotal)
        #expect(!silent.asksForTotal)
        let proof = counting.authenticator.proof(at: SourceTime(epoch: 0), token: nil)
        #expect(
            counting.totalRequest(now: "", proof: proof).url
                == "http://core.test/api/0/query?where=1%3D1&f=json&returnCountOnly=true")
    }

    @Test("a count of changes is asked for as it came")
    func counter() throws {
        let delta = Entry.Delivery.delta(Entry.Delta(parameter: "after", field: "f1", lookBack: 3600))
        let plan = try Fixture.plan(["path": .text("/f")], delivery: delta, watermark: Watermark(since: "20260301"))
        #expect(try Fixture.request(plan).url.hasSuffix("?after=20260301"))
    }

    @Test("validators are sent for one page, read under the same version, from its start")
    func validators() throws {
        let watermark = Watermark(etag: "\"v1\"", lastModified: "Sun, 01 Mar 2026 00:00:00 GMT", version: 3)
        func headers(
            _ parameters: [String: ParameterValue], version: Int?, delivery: Entry.Delivery = .snapshot,
            from position: Position = Position()
        ) throws -> [String] {
            let plan = try Fixture.plan(
                parameters.merging(["path": .text("/f")]) { $1 }, delivery: delivery, watermark: watermark,
                version: version)
            return try Fixture.request(plan, from: position).headers.map(\.name).filter { $0.hasPrefix("If-") }
        }
        let on: [String: ParameterValue] = ["conditional": .flag(true)]
        #expect(try headers(on, version: 3) == ["If-None-Match", "If-Modified-Since"])
        #expect(try headers([:], version: 3) == [])
        #expect(try headers(on, version: 4) == [])
        #expect(try headers(on, version: nil) == [])
        #expect(try headers(on, version: 3, from: Position(record: 10)) == [])
        #expect(try headers(on.merging(["paging": .text("page")]) { $1 }, version: 3) == [])
        #expect(try headers(on, version: 3, delivery: .delta(Entry.Delta(parameter: "s", field: "f1"))) == [])
    }
}
