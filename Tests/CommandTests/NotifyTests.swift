import Foundation
import Testing

/// Whoever the settings name is told of held and failed runs, and of no others.
@Suite struct NotifyTests {
    @Test func aCommandGetsTheRun() throws {
        let program = try Program.starter()
        try program.write(try program.read("huitong.yaml") + "notify: cat >> told.json\n", to: "huitong.yaml")
        try program.run("sync", "--all")
        #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "told.json").path))
        try program.write(#"{"streets": []}"#, to: "sources/streets.json")
        #expect(try program.run("sync", "--all").status == 3)
        let told = try program.read("told.json")
        #expect(told.contains(#""event":"run.held""#))
        #expect(told.contains(#""number":2"#))
    }

    @Test func aHookThatFailsIsSaidAndChangesNothing() throws {
        let program = try Program.starter()
        try program.write(try program.read("huitong.yaml") + "notify: exit 7\n", to: "huitong.yaml")
        try program.run("sync", "--all")
        try program.write(#"{"streets": []}"#, to: "sources/streets.json")
        let outcome = try program.run("sync", "--all")
        #expect(outcome.status == 3)
        #expect(outcome.errors.contains("nobody could be told of run 2"))
        #expect(outcome.errors.contains("status 7"))
    }
}
