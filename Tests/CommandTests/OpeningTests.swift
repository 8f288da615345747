import Foundation
import Testing

/// Processes that open one store at the same moment.
@Suite struct OpeningTests {
    /// Without the lock one in ten fails: it finds the file in the way, or makes tables that are there already.
    @Test(.timeLimit(.minutes(2))) func manyThatFindNoStoreMakeOne() throws {
        let program = try Program.starter()
        for _ in 0..<5 {
            try? FileManager.default.removeItem(at: program.folder.appending(path: "huitong-data"))
            let commands = try (0..<5).map { _ in try program.start(["status", "--format", "json"]) }
            for command in commands {
                command.process.waitUntilExit()
                #expect(command.process.terminationStatus == 0, "\(command.errors())")
            }
        }
    }

    /// Whether a directory is locked is looked at by locking it, for a moment: who starts then is not refused.
    @Test(.timeLimit(.minutes(2))) func whoOnlyLooksKeepsNobodyOut() async throws {
        let program = try Program.starter()
        #expect(try program.run("sync", "street").status == 0)
        let lookers = Task {
            while !Task.isCancelled { _ = try program.run("status") }
        }
        for _ in 0..<5 {
            let daemon = try await ServeTests.serve(program)
            try await ServeTests.end(daemon)
            #expect(daemon.process.terminationStatus == 0)
        }
        lookers.cancel()
        _ = await lookers.result
    }
}
