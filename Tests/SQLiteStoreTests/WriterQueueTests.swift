import Dispatch
import GRDB
import Model
import Synchronization
import Testing

@testable import SQLiteStore

/// What waits together is committed together, and yet each piece of work stands or falls alone.
@Suite struct WriterQueueTests {
    private struct Refused: Error {}

    /// What happened, in its order.
    private final class Notes: Sendable {
        private let list = Mutex<[Int]>([])

        func add(_ note: Int) { list.withLock { $0.append(note) } }
        var taken: [Int] { list.withLock { $0 } }
    }

    @Test func whatWaitsTogetherSharesACommit() async throws {
        let file = try StoreFile()
        let pool = try DatabasePool(path: file.path)
        try await pool.write { try $0.execute(sql: "CREATE TABLE t (number INTEGER PRIMARY KEY)") }
        let commits = Notes()
        try await pool.writeWithoutTransaction { db in
            db.trace { event in
                if case .statement(let statement) = event, statement.sql.hasPrefix("COMMIT") { commits.add(1) }
            }
        }
        let queue = WriterQueue(pool)
        let gate = DispatchSemaphore(value: 0)
        let answers = try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await queue.write(.ordinary) { _ in gate.wait() }
                return true
            }
            while queue.waiting > 0 || !queue.isWriting { await Task.yield() }
            for number in 0..<20 {
                group.addTask {
                    do {
                        try await queue.write(.publication) { db in
                            try db.execute(sql: "INSERT INTO t VALUES (?)", arguments: [number])
                            // What was written before the failure goes with it.
                            if number == 7 { throw Refused() }
                        }
                        return true
                    } catch is Refused {
                        return false
                    }
                }
            }
            while queue.waiting < 20 { try await Task.sleep(for: .milliseconds(1)) }
            gate.signal()
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { !$0 } == 1)
        let numbers = try await pool.read { try Int.fetchAll($0, sql: "SELECT number FROM t ORDER BY number") }
        #expect(numbers == (0..<20).filter { $0 != 7 })
        #expect(commits.taken.count == 2, "one of the work that made the others wait, one of all others")
        try pool.close()
    }

    @Test func longWorkIsCommittedAlone() async throws {
        let file = try StoreFile()
        let pool = try DatabasePool(path: file.path)
        let queue = WriterQueue(pool)
        let gate = DispatchSemaphore(value: 0)
        let order = Notes()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = try? await queue.write(.ordinary) { _ in gate.wait() } }
            while queue.waiting > 0 || !queue.isWriting { await Task.yield() }
            for number in 0..<3 {
                group.addTask {
                    _ = try? await queue.write(.ordinary, isLong: number == 1) { _ in order.add(number) }
                }
                while queue.waiting <= number { await Task.yield() }
            }
            gate.signal()
        }
        #expect(order.taken == [0, 1, 2], "in the order in which they came")
        try pool.close()
    }

    @Test func aTaskThatWasStoppedBeginsNothing() async throws {
        let file = try StoreFile()
        let store = try file.open()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            try await store.setPaused(true, entry: "none", who: "test", reason: "test")
        }
        do {
            try await task.value
            Issue.record("it was written")
        } catch {
            #expect((error as? Fault)?.code == .runCancelled)
        }
        try await store.close()
    }
}
