import Foundation
import Model
import Synchronization
import Testing
import Transport

@testable import AdapterEngine

/// Folders of deliveries, read without a network.
@Suite struct DeliveryTests {
    /// A folder in memory.
    final class Folder: Sendable {
        let files = Mutex<[String: (bytes: [UInt8], version: Int)]>([:])
        /// What else is listed: a name as bytes.
        let extraNames = Mutex<[UInt8]>([])

        init(_ files: [String: String] = [:]) { for (name, text) in files { put(name, text) } }

        func put(_ name: String, _ text: String) { put(name, Array(text.utf8)) }

        func put(_ name: String, _ bytes: [UInt8]) {
            files.withLock { $0[name] = (bytes, ($0[name]?.version ?? 0) + 1) }
        }

        func remove(_ name: String) { files.withLock { $0[name] = nil } }

        func answer(_ request: Request) throws(Fault) -> Response {
            let name = request.url.split(separator: "/").last.map { String($0).removingPercentEncoding ?? "" } ?? ""
            let (names, file) = files.withLock { ($0.keys.sorted(by: >), $0[name]) }
            if request.method == "LIST" {
                return Response(
                    head: ResponseHead(status: 200, url: request.url),
                    body: Body(chunks: [Array((names + [""]).joined(separator: "\n").utf8), extraNames.withLock { $0 }])
                )
            }
            guard let file else { throw Fault(.sourceNotFound, "\(name) is not there") }
            return Response(
                head: ResponseHead(
                    status: 200, headers: Headers([("ETag", String(file.version))]), url: request.url),
                body: Body(chunks: request.method == "HEAD" ? [] : file.bytes.pieces(of: 7)))
        }
    }

    static func plan(
        _ parameters: [String: ParameterValue] = [:], isDelta: Bool = true, state: String? = nil, snapshot: Bool = false
    ) throws(Fault) -> SourcePlan {
        let manifest: Manifest
        do { manifest = try Fixture.manifest("file-json") } catch { throw Fault(.defect, "no manifest") }
        let entry = Entry(
            name: "firms", title: "Firms", department: "market",
            source: Entry.Source(system: "core", adapter: "file-json", parameters: parameters),
            delivery: isDelta ? .delta(Entry.Delta(parameter: "", field: "")) : .snapshot, key: ["id"],
            fields: [Field(name: "id", title: "id", source: .path("id"))])
        return try SourcePlan(
            entry: entry, system: SourceSystem(name: "core", title: "Core", base: "file:/in"), manifest: manifest,
            secrets: Secrets { _ in nil }, watermark: state.map { Watermark(version: 1, state: $0) }, version: 1,
            snapshot: snapshot)
    }

    /// The ids that a run reads, and its summary.
    static func run(
        _ folder: Folder, _ parameters: [String: ParameterValue] = [:], isDelta: Bool = true, state: String? = nil,
        snapshot: Bool = false, from position: Position = Position(), limit: BatchLimit = BatchLimit(),
        noting: (Position) -> Void = { _ in }
    ) async throws(Fault) -> (ids: [String], summary: ReadingSummary) {
        var ids: [String] = []
        let plan = try plan(parameters, isDelta: isDelta, state: state, snapshot: snapshot)
        let summary = try await SourceReading(limit: limit).read(
            plan, from: position, send: { request throws(Fault) in try folder.answer(request) },
            emit: { batch, position throws(Fault) in
                for record in 0..<batch.count { ids.append(batch.string(record, 0) ?? "") }
                noting(position)
            })
        return (ids, summary)
    }

    static func records(_ ids: Int...) -> String { "[" + ids.map { #"{"id":\#($0)}"# }.joined(separator: ",") + "]" }

    @Test func changesAreReadInTheOrderOfTheirNames() async throws {
        let folder = Folder([
            "b-10.json": Self.records(3), "b-10.ok": "", "b-09.json": Self.records(1, 2), "b-09.ok": "",
            "b-11.json": Self.records(4),
        ])
        let first = try await Self.run(folder)
        #expect(first.ids == ["1", "2"])
        #expect(first.summary.moreWait)
        let second = try await Self.run(folder, state: first.summary.state)
        #expect(second.ids == ["3"])
        #expect(!second.summary.moreWait)
        let third = try await Self.run(folder, state: second.summary.state)
        #expect(third.summary.notModified, "b-11 has no marker")
        folder.put("b-11.ok", "")
        #expect(try await Self.run(folder, state: third.summary.state).ids == ["4"])
    }

    @Test func whatChangedUnderItsNameIsReadAgainAndWhatWasTakenAwayIsNot() async throws {
        let folder = Folder(["a.json": Self.records(1), "a.ok": "1", "b.json": Self.records(2), "b.ok": "1"])
        var state = try await Self.run(folder).summary.state
        state = try await Self.run(folder, state: state).summary.state
        folder.put("a.json", Self.records(7))
        let data = try await Self.run(folder, state: state)
        #expect(data.ids == ["7"])
        folder.put("b.ok", "2")
        let marker = try await Self.run(folder, state: data.summary.state)
        #expect(marker.ids == ["2"])
        folder.remove("b.json")
        let taken = try await Self.run(folder, state: marker.summary.state)
        #expect(taken.summary.notModified)
        folder.remove("b.ok")
        let state2 = try #require(try await Self.run(folder, state: taken.summary.state).summary.state)
        #expect(!state2.contains("b.ok") && state2.contains("a.ok"), "what is gone is forgotten")
    }

    @Test func theNewestSnapshotIsEverything() async throws {
        let folder = Folder(["a.json": Self.records(1), "a.ok": "", "b.json": Self.records(2), "b.ok": ""])
        let first = try await Self.run(folder, isDelta: false)
        #expect(first.ids == ["2"])
        #expect(!first.summary.moreWait)
        folder.remove("b.ok")
        let second = try await Self.run(folder, isDelta: false, state: first.summary.state)
        #expect(second.summary.notModified, "an older one does not come back")
        folder.put("c.ok", "")
        folder.put("c.json", Self.records(3))
        #expect(try await Self.run(folder, isDelta: false, state: second.summary.state).ids == ["3"])
    }

    @Test func everythingBeginsWithTheOldest() async throws {
        let folder = Folder(["a.json": Self.records(1), "a.ok": "", "b.json": Self.records(2), "b.ok": ""])
        var state = try await Self.run(folder).summary.state
        state = try await Self.run(folder, state: state).summary.state
        let again = try await Self.run(folder, state: state, snapshot: true)
        #expect(again.ids == ["1"])
        #expect(again.summary.moreWait)
        #expect(try await Self.run(folder, state: again.summary.state).ids == ["2"])
    }

    @Test(arguments: ["../a.json", "/etc/passwd", "x/a.json", "..", ".hidden", "a\\b.json"])
    func aNameThatLeadsElsewhereIsRefused(name: String) async throws {
        let folder = Folder(["a.json": Self.records(1), "a.ctl": name + "\t1\n"])
        let fault = await #expect(throws: Fault.self) {
            try await Self.run(folder, ["ready": .text("*.ctl"), "control": .text("list")])
        }
        #expect(fault?.code == .sourceForbidden)
    }

    @Test func aControlFileIsReadInManyForms() async throws {
        let folder = Folder(["a.json": Self.records(1, 2), "b.json": Self.records(3)])
        let lists = [
            "a.json\nb.json", "\u{feff}a.json,2\r\nb.json,1\r\n", "# all\na.json|2|\n\nb.json | 1",
            "2 a.json\n1 b.json", "d41d8cd98f00b204e9800998ecf8427e  *a.json",
        ]
        for (index, list) in lists.enumerated() {
            folder.put("x.ctl", list)
            let parameters: [String: ParameterValue] = ["ready": .text("*.ctl"), "control": .text("list")]
            if index == 4 {
                let fault = await #expect(throws: Fault.self) { try await Self.run(folder, parameters) }
                #expect(fault?.code == .sourceAltered)
            } else {
                let read = try await Self.run(folder, parameters)
                #expect(read.ids == ["1", "2", "3"], "\(list)")
                #expect(read.summary.promised == (index == 0 ? nil : 3), "\(list)")
            }
        }
    }

    /// The digest of "abc" of GB/T 32905-2016, annex A.1.
    @Test func digestsAreToldApart() throws {
        let standard = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
        var sum = Checksum(.sm3)
        sum.update(Array("a".utf8))
        sum.update(Array("bc".utf8))
        #expect(sum.hex == standard)
        #expect(ExpectedDigest(standard)?.algorithm == .sha256)
        #expect(ExpectedDigest(standard, declared: .sm3)?.algorithm == .sm3)
        #expect(ExpectedDigest("SM3:" + standard.uppercased()) == ExpectedDigest(standard, declared: .sm3))
        for wrong in ["", "abc", "md5:" + standard, "sha1:" + standard, standard + "0"] {
            #expect(ExpectedDigest(wrong) == nil, "\(wrong)")
        }
    }

    @Test func promisesAreSummedOverFilesThatMakeNone() async throws {
        let folder = Folder(["a.json": Self.records(1, 2), "b.json": Self.records(3), "x.ctl": "a.json\nb.json 5"])
        let read = try await Self.run(folder, ["ready": .text("*.ctl"), "control": .text("list")])
        #expect(read.summary.promised == 7)
    }

    @Test func aDeliveryThatChangesWhileItIsReadFails() async throws {
        let folder = Folder(["a.json": Self.records(1, 2, 3), "a.ok": ""])
        let fault = await #expect(throws: Fault.self) {
            try await Self.run(folder, limit: BatchLimit(records: 1), noting: { _ in folder.put("a.json", "[]") })
        }
        #expect(fault?.code == .sourceAltered)
    }

    @Test func aReadingGoesOnWhereItStopped() async throws {
        let folder = Folder(["a-1.json": Self.records(1, 2, 3), "a-2.json": Self.records(4, 5, 6), "a.ok": ""])
        let data: [String: ParameterValue] = ["data": .text("{stem}-*.json")]
        var positions: [Position] = []
        let whole = try await Self.run(folder, data, limit: BatchLimit(records: 1)) { positions.append($0) }
        #expect(whole.ids == ["1", "2", "3", "4", "5", "6"])
        #expect(Set(positions.map(\.page)) == [1, 2])
        for position in positions {
            let rest = try await Self.run(folder, data, from: position)
            let before = position.page == 1 ? position.record : 3 + position.record
            #expect(rest.ids == Array(whole.ids.dropFirst(before)))
        }
        folder.put("a-2.json", Self.records(9))
        let fault = await #expect(throws: Fault.self) { try await Self.run(folder, data, from: positions[0]) }
        #expect(fault?.code == .sourceAltered)
    }

    @Test func aFolderIsBounded() async throws {
        let folder = Folder(["a.ok": ""])
        for number in 0...FolderView.namesAtMost { folder.put("f\(number)", "") }
        let fault = await #expect(throws: Fault.self) { try await Self.run(folder) }
        #expect(fault?.code == .sourceTooLarge)
        #expect(FileName(String(repeating: "a", count: 256)) == nil)
        #expect(FileName("人口.xml")?.stem == "人口")
    }

    @Test func nothingDeliveredYetIsNoEmptyList() async throws {
        let fault = await #expect(throws: Fault.self) { try await Self.run(Folder(["a.json": "[]"])) }
        #expect(fault?.code == .sourceNotFound)
        let bare = await #expect(throws: Fault.self) { try await Self.run(Folder(["a.ok": ""])) }
        #expect(bare?.code == .sourceNotFound)
    }

    @Test func theStemIsNoPattern() {
        #expect(NamePattern(text: "{stem}.*").with(stem: "a[1]*").matches("a[1]*.xml"))
        #expect(!NamePattern(text: "{stem}.*").with(stem: "*").matches("b.xml"))
    }
}
