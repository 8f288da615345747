import Foundation
import GRDB
import Model
import SQLiteStore
import Store
import Testing

/// A backup is whole and of one moment, and what is restored is what it holds, under a new epoch.
@Suite struct BackupTests {
    private static let entry = StoreFile.entry("firm", [("code", .text), ("name", .text)], indexed: ["name"])

    /// Publishes two firms, copies the store, and publishes a third.
    private static func backedUp(_ file: borrowing StoreFile) async throws -> (copy: String, epoch: String) {
        let store = try file.open()
        try await StoreFile.publish([["a", "甲"], ["b", "乙"]], as: entry, in: store)
        let copy = file.folder.appending(path: "copy.sqlite").path
        let summary = try StoreBackup(of: file.path).write(to: copy, replacing: false)
        #expect(summary.collections == 1 && summary.records == 2 && summary.lastPublished != nil)
        try await StoreFile.publish([["a", "丙"], ["c", "丁"]], as: entry, in: store)
        let epoch = try #require(try await store.collection("firm")).epoch
        try await store.close()
        return (copy, epoch)
    }

    private static func names(_ store: SQLiteStore) async throws -> [String?] {
        var names: [String?] = []
        for id in ["a", "b", "c"] {
            names.append(try await store.record(id, in: "firm", disclosure: .everybody)?.batch.string(0, 1))
        }
        return names
    }

    private static func code(_ work: () throws -> StoreSummary) -> FaultCode? {
        do {
            _ = try work()
            return nil
        } catch { return (error as? Fault)?.code }
    }

    private static func leftovers(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
            $0.contains("partial") || $0.contains("restoring")
        }
    }

    @Test func whatIsRestoredIsWhatWasBackedUpAndItsFeedBeginsAnew() async throws {
        let file = try StoreFile()
        let (copy, epoch) = try await Self.backedUp(file)
        let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? NSNumber
        #expect(mode?.intValue == 0o600, "only its owner may read unmasked records")

        let summary = try StoreRestore(to: file.path, now: 1_795_399_200).restore(copy)
        #expect(summary.records == 2)
        let kept = try #require(summary.replaced)
        #expect(kept.hasSuffix("huitong.sqlite.replaced-20261123T100000"))

        let store = try file.open()
        #expect(try await Self.names(store) == ["甲", "乙", nil])
        let state = try #require(try await store.collection("firm"))
        #expect(state.epoch != epoch)
        do {
            _ = try await store.changes(in: "firm", after: 1, epoch: epoch, limit: 10, disclosure: .everybody)
            Issue.record("a consumer of the old feed was not told")
        } catch { #expect(error.code == .changesGone) }
        try await StoreFile.publish([["a", "戊"], ["c", "己"]], as: Self.entry, in: store)
        #expect(try await Self.names(store) == ["戊", nil, "己"], "the next run goes on")
        try await store.close()

        let replaced = try SQLiteStore(path: kept, now: file.clock.now)
        #expect(try await Self.names(replaced) == ["丙", nil, "丁"], "what was there is whole, its log too")
        try await replaced.close()
        #expect(try Self.leftovers(file.folder).isEmpty)
    }

    /// A hundred publications go on while copies are made: each copy is of one of them, in one piece.
    @Test func aCopyTakenWhileItIsWrittenIsOfOneMoment() async throws {
        let file = try StoreFile()
        let store = try file.open()
        try await StoreFile.publish([["a", "0"], ["b", "0"], ["c", "0"]], as: Self.entry, in: store)
        let (path, folder, clock) = (file.path, file.folder, file.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...60 {
                    let name = String(round)
                    try await StoreFile.publish([["a", name], ["b", name], ["c", name]], as: Self.entry, in: store)
                }
            }
            group.addTask {
                for number in 1...8 {
                    let copy = folder.appending(path: "copy\(number).sqlite").path
                    _ = try StoreBackup(of: path).write(to: copy, replacing: false)
                    let opened = try SQLiteStore(path: copy, now: clock.now)
                    let names = try await Self.names(opened)
                    #expect(Set(names).count == 1, "\(names) are of more than one publication")
                    let name = try #require(names[0])
                    let state = try #require(try await opened.collection("firm"))
                    #expect(state.revision == Int64(3 * (Int(name) ?? 0) + 3), "rows and revision are of one moment")
                    try await opened.close()
                }
            }
            try await group.waitForAll()
        }
        try await store.close()
    }

    @Test func aDamagedBackupChangesNothing() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        let whole = try Data(contentsOf: URL(filePath: copy))
        // A page of the middle that holds something else: the header still reads as a database.
        var scribbled = whole
        let page = 16_384 * (whole.count / 16_384 / 2)
        scribbled.replaceSubrange(page..<page + 16_384, with: Data(repeating: 0xA5, count: 16_384))
        for (damaged, wanted) in [
            (whole.prefix(whole.count / 2), [FaultCode.storeCorrupt]), (scribbled, [.storeCorrupt]),
            (Data("not a database, though it is longer than a header".utf8), [.storeCorrupt]),
            (Data(), [.badRequest]),
        ] {
            try damaged.write(to: URL(filePath: copy))
            let code = Self.code { try StoreRestore(to: file.path).restore(copy) }
            #expect(code.map(wanted.contains) == true, "\(damaged.count) bytes: \(String(describing: code))")
            let store = try file.open()
            #expect(try await Self.names(store) == ["丙", nil, "丁"])
            try await store.close()
        }
        #expect(try Self.leftovers(file.folder).isEmpty)
    }

    @Test func whatIsNoBackupIsSaid() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        let other = file.folder.appending(path: "other.sqlite").path
        let queue = try DatabaseQueue(path: other)
        try await queue.write { try $0.execute(sql: "CREATE TABLE settings (name TEXT)") }
        try queue.close()
        #expect(Self.code { try StoreRestore(to: file.path).restore(other) } == .badRequest)
        #expect(Self.code { try StoreRestore(to: file.path).restore(other + ".missing") } == .badRequest)

        let newer = try DatabaseQueue(path: copy)
        try await newer.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try newer.close()
        #expect(Self.code { try StoreRestore(to: file.path).restore(copy) } == .storeNewer)
    }

    @Test func aNameThatIsTakenStaysUnlessItIsToGiveWay() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        let before = try Data(contentsOf: URL(filePath: copy))
        // What a backup that was killed left is no hindrance.
        try Data("half".utf8).write(to: URL(filePath: copy + ".partial"))
        #expect(Self.code { try StoreBackup(of: file.path).write(to: copy, replacing: false) } == .badRequest)
        #expect(try Data(contentsOf: URL(filePath: copy)) == before)
        #expect(try StoreBackup(of: file.path).write(to: copy, replacing: true).records == 2)
        #expect(try Data(contentsOf: URL(filePath: copy)) != before)
        #expect(try Self.leftovers(file.folder).isEmpty)
        #expect(
            Self.code { try StoreBackup(of: copy + ".none").write(to: copy + "2", replacing: false) } == .badRequest)
        #expect(
            Self.code { try StoreBackup(of: file.path).write(to: "/nowhere/copy", replacing: false) } == .storeReadOnly)
    }

    /// Two restores in one second, after one that was killed when it had named the store and not yet replaced it.
    @Test func whatIsKeptHasANameOfItsOwn() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        let name = file.path + ".replaced-20261123T100000"
        #expect(link(file.path, name) == 0)
        let restore = StoreRestore(to: file.path, now: 1_795_399_200)
        #expect(try restore.restore(copy).replaced == name)
        #expect(try restore.restore(copy).replaced == name + "-2")
        let kept = try SQLiteStore(path: name, now: file.clock.now)
        #expect(try await Self.names(kept) == ["丙", nil, "丁"])
        try await kept.close()
    }

    @Test func aStoreThatIsReadIsNotTakenAway() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        let store = try file.open()
        #expect(Self.code { try StoreRestore(to: file.path).restore(copy) } == .storeBusy)
        #expect(try await Self.names(store) == ["丙", nil, "丁"])
        try await store.close()
    }

    @Test func aStoreThatIsDamagedGivesWayAndIsKept() async throws {
        let file = try StoreFile()
        let (copy, _) = try await Self.backedUp(file)
        for part in ["", "-wal"] {
            try Data(repeating: 7, count: 100_000).write(to: URL(filePath: file.path + part))
        }
        #expect(Self.code { try StoreBackup(of: file.path).write(to: copy + "2", replacing: false) } == .storeCorrupt)
        let kept = try #require(try StoreRestore(to: file.path).restore(copy).replaced)
        #expect(try Data(contentsOf: URL(filePath: kept)).count == 100_000)
        let store = try file.open()
        #expect(try await Self.names(store) == ["甲", "乙", nil])
        try await store.close()
    }
}
