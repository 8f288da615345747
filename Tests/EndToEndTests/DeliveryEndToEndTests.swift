import Foundation
import Testing

/// Deliveries through the real command into a real file.
@Suite struct DeliveryEndToEndTests {
    private static func exchange(_ folder: DeliveryFolder, _ entry: String) throws -> ExchangeFolder {
        try ExchangeFolder(
            base: "file:" + folder.url.path, entries: ["item": entry],
            settings: "", outbound: "file_root: \(folder.url.path)")
    }

    private static func states(_ runs: [[String: Any]]) -> [String] { runs.compactMap { $0["state"] as? String } }

    private static func fault(_ runs: [[String: Any]]) -> String? {
        (runs.last?["fault"] as? [String: Any])?["code"] as? String
    }

    private static let list = #"{ready: "*.ctl", control: list, records: /rows/row}"#

    /// Writes a zip of XML in GBK and its control file; `lie` changes the line of the control file.
    private static func deliver(
        _ folder: DeliveryFolder, _ name: String, _ rows: [String: String], lie: String = ""
    ) throws {
        let rows = rows.sorted { $0.key < $1.key }.map { "<row><code>\($0.key)</code><name>\($0.value)</name></row>" }
        try folder.python(
            """
            xml = '<?xml version="1.0" encoding="GBK"?><rows>\(rows.joined())</rows>'.encode('gbk')
            with zipfile.ZipFile('\(name).zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('数据/\(name).xml', xml)
            name, count, digest = '\(name).zip', \(rows.count), hashlib.md5(open('\(name).zip', 'rb').read()).hexdigest()
            \(lie)
            open('\(name).ctl', 'w').write(f'{name}\\t{count}\\t{digest}\\n')
            """)
    }

    @Test func twoDeliveriesAreReadInOrderAndAThirdThatChangedOnceMore() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        try Self.deliver(folder, "d2", ["2": "岳麓", "3": "开福"])
        try Self.deliver(folder, "d1", ["1": "望城", "2": "长沙"])
        let exchange = try Self.exchange(folder, DeliveryFolder.entry(adapter: "file-xml", with: Self.list))
        #expect(Self.states(try await exchange.runs("sync", "item")) == ["published", "published"])
        #expect(try await exchange.names() == ["1": "望城", "2": "岳麓", "3": "开福"])
        let idle = try await exchange.runs("sync", "item")
        #expect(Self.states(idle) == ["published"])
        #expect((idle[0]["difference"] as? [String: Any])?["read"] as? Int == 0)
        try Self.deliver(folder, "d3", ["4": "雨花"])
        _ = try await exchange.runs("sync", "item")
        try Self.deliver(folder, "d3", ["4": "天心"])
        #expect(Self.states(try await exchange.runs("sync", "item")) == ["published"])
        #expect(try await exchange.names() == ["1": "望城", "2": "岳麓", "3": "开福", "4": "天心"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 6, "nothing is touched")
    }

    @Test func whatIsWrongIsNotPublishedAndTheLaterOnesWait() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(folder, DeliveryFolder.entry(adapter: "file-xml", with: Self.list))
        try Self.deliver(folder, "d1", ["1": "望城"])
        #expect(Self.states(try await exchange.runs("sync", "item")) == ["published"])
        try Self.deliver(folder, "d3", ["3": "开福"])
        let lies = [
            ("name = 'elsewhere.zip'", "failed", "source.not-found"), ("digest = 'a' * 32", "failed", "source.altered"),
            ("name = '../d1.zip'", "failed", "source.address-forbidden"), ("count = 7", "held", nil),
        ]
        for (lie, state, code) in lies {
            try Self.deliver(folder, "d2", ["2": "长沙"], lie: lie)
            let runs = try await exchange.runs("sync", "item")
            #expect(Self.states(runs) == [state], "\(lie)")
            #expect(Self.fault(runs) == code, "\(lie)")
            #expect(try await exchange.names() == ["1": "望城"], "\(lie)")
        }
        let held = try await exchange.run("sync", "item")
        #expect(held.complaints.contains("item: d2.ctl: The source promised 7"), "\(held.complaints)")
        try Self.deliver(folder, "d2", ["2": "长沙"])
        let runs = try await exchange.runs("sync", "item")
        #expect(Self.states(runs) == ["published", "published"])
        #expect(runs.compactMap { $0["delivery"] as? String } == ["d2.ctl", "d3.ctl"])
        #expect(try await exchange.names() == ["1": "望城", "2": "长沙", "3": "开福"])
    }

    @Test func aPreviewShowsWhatIsReadNext() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(folder, DeliveryFolder.entry(adapter: "file-xml", with: Self.list))
        try Self.deliver(folder, "d1", ["1": "望城"])
        _ = try await exchange.runs("sync", "item")
        #expect(try await exchange.run("preview", "item").output.contains("望城"), "the newest, since none waits")
        try Self.deliver(folder, "d2", ["2": "长沙"])
        try Self.deliver(folder, "d3", ["3": "开福"])
        let next = try await exchange.run("preview", "item")
        #expect(next.output.contains("长沙") && !next.output.contains("开福"))
    }

    @Test func aBombAndWhatIsPackedTwiceAreRefused() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(
            folder, DeliveryFolder.entry(adapter: "file-json", with: "{}", delivers: "snapshot"))
        for program in [
            "with zipfile.ZipFile('a.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('a.json', b' ' * (32 << 20))",
            "open('a.zip', 'wb').write(gzip.compress(b' ' * (32 << 20)))",
        ] {
            try folder.python(program + "\nopen('a.ok', 'w')")
            #expect(Self.fault(try await exchange.runs("sync", "item")) == "source.too-large")
        }
        try folder.python("open('a.zip', 'wb').write(gzip.compress(gzip.compress(b'[]')))")
        #expect(Self.fault(try await exchange.runs("sync", "item")) == "source.malformed")
    }

    @Test func linesInGzipAreASnapshot() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(
            folder, DeliveryFolder.entry(adapter: "file-json", with: "{lines: true}", delivers: "snapshot"))
        for (day, count) in [(1, 3000), (2, 2999)] {
            try folder.python(
                """
                lines = ''.join(json.dumps({'code': n, 'name': 'x'}) + '\\n' for n in range(\(count)))
                open('day-\(day).ndjson.gz', 'wb').write(gzip.compress(lines.encode()))
                open('day-\(day).ok', 'w')
                """)
            #expect(Self.states(try await exchange.runs("sync", "item")) == ["published"])
            #expect(try await exchange.names().count == count)
        }
    }

    @Test func valuesAreCountedByTheirControlFile() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(
            folder,
            DeliveryFolder.entry(
                adapter: "file-csv", with: #"{ready: "*.ctl", control: list, charset: GBK}"#, delivers: "snapshot"))
        for (count, state) in [(3, "held"), (2, "published")] {
            try folder.python(
                """
                open('a.csv', 'wb').write('code,name\\r\\n1,望城\\r\\n2,岳麓\\r\\n'.encode('gbk'))
                open('a.ctl', 'w').write('a.csv \(count)')
                """)
            #expect(Self.states(try await exchange.runs("sync", "item")) == [state])
        }
        #expect(try await exchange.names() == ["1": "望城", "2": "岳麓"])
    }

    @Test func aKilledRunGoesOnInItsFile() async throws {
        let folder = try DeliveryFolder()
        defer { folder.remove() }
        let exchange = try Self.exchange(
            folder, DeliveryFolder.entry(adapter: "file-json", with: #"{data: "{stem}-*"}"#, delivers: "snapshot"))
        let count = 200_000
        try folder.python(
            """
            for part in range(4):
                rows = [{'code': str(n), 'name': '事项' * 20} for n in range(part * \(count / 4), (part + 1) * \(count / 4))]
                with zipfile.ZipFile(f'a-{part}', 'w', zipfile.ZIP_DEFLATED) as z: z.writestr('a.json', json.dumps(rows))
            open('a.ok', 'w')
            """)
        // Killed once the first of some twenty batches are in the store: in its file, or in its log.
        let victim = try exchange.start(["sync", "item"])
        await Self.wait(for: exchange.folder.appending(path: "huitong-data/huitong.sqlite"), toExceed: 6 << 20)
        try #require(victim.isRunning, "it ended before it could be killed")
        kill(victim.processIdentifier, SIGKILL)
        victim.waitUntilExit()
        #expect(try await exchange.readByLastRun() > 0)
        let runs = try await exchange.runs("sync", "item")
        #expect(Self.states(runs) == ["published"])
        #expect((runs[0]["difference"] as? [String: Any])?["added"] as? Int == count)
        #expect(runs[0]["number"] as? Int == 1, "the same run goes on")
    }

    /// Looks at a store's size on a thread of its own, so that no other test's work delays it; for a minute at most.
    private static func wait(for file: URL, toExceed bytes: Int) async {
        await withCheckedContinuation { continuation in
            Thread {
                let deadline = ContinuousClock.now + .seconds(60)
                while ContinuousClock.now < deadline, size(file.path) + size(file.path + "-wal") < bytes {
                    usleep(2_000)
                }
                continuation.resume()
            }.start()
        }
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
    }
}
