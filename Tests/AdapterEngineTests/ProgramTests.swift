import Foundation
import Model
import Testing

@testable import AdapterEngine

/// Programs that are run for real: what they are given, what they may use, and how they end.
@Suite struct ProgramTests {
    @Test func aProgramGivesItsRecordsAndItsState() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap",
            """
            echo '\(ProgramShelf.schema)'
            echo '\(ProgramShelf.record(1))'
            echo "{\\"type\\":\\"STATE\\",\\"value\\":$(cat state.json)}"
            echo '\(ProgramShelf.record(2))'
            """)
        var ids: [String?] = []
        let plan = try ProgramShelf.plan(
            delivery: .delta(Entry.Delta(parameter: "", field: "")),
            watermark: Watermark(state: #"{"state":"{\"at\":7}"}"#))
        let summary = try await shelf.read(plan) { batch in
            for record in 0..<batch.count { ids.append(batch.string(record, 0)) }
        }
        #expect(ids == ["1", "2"])
        #expect(summary.records == 2)
        #expect(summary.state == #"{"state":"{\"at\":7}"}"#)
    }

    @Test func itsSurroundingsHoldNothingOfOurs() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap",
            """
            env | cut -d= -f1 | sort | tr '\\n' ' ' >&2
            [ "$HOME" = "$PWD" ] && [ "$TMPDIR" = "$PWD" ] && echo home >&2
            stat -c '%a %n' . config.json >&2
            cat config.json >&2
            ls -l /proc/self/fd | grep -c -- '->' >&2
            exit 3
            """)
        setenv("HUITONG_SECRET_OURS", "s3cret-of-ours", 1)
        let config = #"{"token":{"secret":"key"},"pages":[1,{"size":2.5}],"flag":true}"#
        let fault = await shelf.fault(try ProgramShelf.plan(["config": .text(config)]))
        #expect(fault?.code == .sourceFailed)
        #expect(fault?.context["program"] == "tap")
        let file = try #require(fault?.context["log"])
        let log = try String(contentsOfFile: file, encoding: .utf8)
        #expect(log.contains("HOME LANG PATH PWD TMPDIR") || log.contains("HOME LANG OLDPWD PATH PWD TMPDIR"), "\(log)")
        #expect(log.contains("home"))
        #expect(log.contains("700 .") && log.contains("600 config.json"))
        #expect(log.contains(#"{"flag":true,"pages":[1,{"size":2.5}],"token":"***"}"#), "\(log)")
        #expect(!log.contains("s3cret") && !"\(fault as Any)".contains("s3cret"))
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.scratch.path) == [])
    }

    @Test func onlyProgramsOfTheFolderAreRun() async throws {
        let shelf = try ProgramShelf()
        try FileManager.default.createSymbolicLink(
            atPath: shelf.programs.appending(path: "link").path, withDestinationPath: "/bin/echo")
        try Data("no".utf8).write(to: shelf.programs.appending(path: "data"))
        for (name, code) in [
            ("../tap", FaultCode.sourceForbidden), ("/bin/echo", .sourceForbidden), ("..", .sourceForbidden),
            ("link", .sourceForbidden), ("data", .sourceNotFound), ("none", .sourceNotFound),
        ] {
            #expect(await shelf.fault(try ProgramShelf.plan(["command": .text(name)]))?.code == code, "\(name)")
        }
        do {
            _ = try await SourceReading().read(
                ProgramShelf.plan(), from: Position(), send: { _ throws(Fault) in throw Fault(.defect, "") },
                emit: { _, _ in })
            Issue.record("no program may be run")
        } catch {
            let fault = error as? Fault
            #expect(fault?.code == .sourceForbidden && fault?.advice?.contains("programs:") == true)
        }
    }

    @Test func whoTakesTooLongIsKilledWithAllItStarted() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap", "sleep 300 & echo $! > \(shelf.folder.path)/child\ntrap '' TERM\nwhile :; do sleep 300; done")
        let fault = await shelf.fault(try ProgramShelf.plan(["time_limit": .number(1)]))
        #expect(fault?.code == .sourceTimeout)
        #expect(try await shelf.isGone("child"))
    }

    @Test func whoClosesItsOutputAndStaysIsKilledToo() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo $$ > \(shelf.folder.path)/child\nexec >&- 2>&-\nexec sleep 300")
        #expect(await shelf.fault(try ProgramShelf.plan(["time_limit": .number(1)]))?.code == .sourceTimeout)
        #expect(try await shelf.isGone("child"))
    }

    @Test func whoWaitsForAllItsChildrenWaitsForNoneOfOurs() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap",
            """
            exec python3 -c '
            import os, sys
            try:
                while True: os.wait()
            except ChildProcessError:
                print(sys.argv[1]); print(sys.argv[2])
            ' '\(ProgramShelf.schema)' '\(ProgramShelf.record(1))'
            """)
        let summary = try await shelf.read(try ProgramShelf.plan(["time_limit": .number(20)]))
        #expect(summary.records == 1)
    }

    @Test func itsStandardInputIsEmpty() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo '\(ProgramShelf.schema)'\ncat\necho '\(ProgramShelf.record(1))'")
        #expect(try await shelf.read(try ProgramShelf.plan(["time_limit": .number(20)])).records == 1)
    }

    @Test func memoryIsLimited() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "exec python3 -c 'x = bytearray(400 << 20)'")
        let fault = await shelf.fault(try ProgramShelf.plan(["memory_limit": .number(200)]))
        #expect(fault?.code == .sourceFailed)
        #expect(fault?.message.contains("MemoryError") == true, "\(fault as Any)")
    }

    @Test func whatCannotBeStartedIsNotBlamedOnMemory() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "")
        try Data("#!/nowhere/python\n".utf8).write(to: shelf.programs.appending(path: "tap"))
        let fault = await shelf.fault(try ProgramShelf.plan())
        #expect(fault?.code == .sourceFailed && fault?.advice?.contains("interpreter") == true, "\(fault as Any)")
    }

    @Test func outputWithoutEndWaitsForItsReader() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo '\(ProgramShelf.schema)'\nexec yes '\(ProgramShelf.record(1))'")
        var largest = 0
        do {
            _ = try await shelf.read(try ProgramShelf.plan(["time_limit": .number(3)])) { batch throws(Fault) in
                largest = max(largest, batch.count)
                // Slower than the program by far: what it writes must wait in its pipe, and not here.
                do { try await Task.sleep(for: .milliseconds(200)) } catch { throw Fault(.runCancelled, "") }
            }
            Issue.record("it does not end by itself")
        } catch {
            #expect((error as? Fault)?.code == .sourceTimeout)
        }
        // A batch, and what a pipe holds.
        #expect(largest < 10_000 + (64 << 10) / 60)
    }

    @Test func aLineWithoutEndIsTooLarge() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "exec tr '\\0' a < /dev/zero")
        #expect(await shelf.fault(try ProgramShelf.plan())?.code == .sourceTooLarge)
    }

    @Test func aPreviewEndsAfterSomeRecords() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap",
            "echo $$ > \(shelf.folder.path)/child\necho '\(ProgramShelf.schema)'\nexec yes '\(ProgramShelf.record(1))'")
        let summary = try await shelf.read(try ProgramShelf.plan(), run: nil, pagesAtMost: 1)
        #expect(summary.records >= 1000 && summary.records < 10_000)
        #expect(try await shelf.isGone("child"))
        #expect(!FileManager.default.fileExists(atPath: shelf.data.appending(path: "logs").path))
    }

    @Test func noOutputIsNoEmptyTable() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "exit 0")
        #expect(await shelf.fault(try ProgramShelf.plan())?.code == .sourceUnexpected)
        try shelf.add("tap", "echo '\(ProgramShelf.schema)'")
        #expect(await shelf.fault(try ProgramShelf.plan()) == nil)
    }

    @Test func aFloodOfComplaintsIsBounded() async throws {
        let shelf = try ProgramShelf()
        try shelf.add(
            "tap",
            """
            yes 'INFO something happened that nobody wants to know' | head -n 200000 >&2
            head -c 100000 /dev/zero | tr '\\0' x >&2
            echo >&2
            echo 'CRITICAL the end' >&2
            kill -9 $$
            """)
        let fault = await shelf.fault(try ProgramShelf.plan())
        #expect(fault?.message.contains("signal 9") == true && fault?.message.hasSuffix(": CRITICAL the end") == true)
        let log = try String(contentsOfFile: try #require(fault?.context["log"]), encoding: .utf8)
        #expect(log.utf8.count < (1 << 20) + 200_000)
        #expect(log.hasSuffix("CRITICAL the end\n"))
    }

    @Test func logsOfTheLastRunsAreKept() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo complaint >&2\necho '\(ProgramShelf.schema)'")
        let logs = shelf.data.appending(path: "logs")
        try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
        for run in 1...60 { try Data().write(to: logs.appending(path: "\(run).log")) }
        _ = try await shelf.read(try ProgramShelf.plan(), run: 61)
        let kept = try FileManager.default.contentsOfDirectory(atPath: logs.path)
        #expect(kept.count == 50 && kept.contains("61.log") && kept.contains("12.log") && !kept.contains("11.log"))
        #expect(
            try String(contentsOf: logs.appending(path: "61.log"), encoding: .utf8) == """
                complaint
                huitong: 0 records of things with the key ["id"], 0 of other streams, 0 of other versions

                """)
    }

    @Test func cancellingKills() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo $$ > \(shelf.folder.path)/child\nexec sleep 300")
        let host = shelf.host
        let task = Task {
            try await SourceReading(programs: host).read(
                ProgramShelf.plan(), from: Position(), send: { _ throws(Fault) in throw Fault(.defect, "") },
                emit: { _, _ in })
        }
        let child = shelf.folder.appending(path: "child")
        while (try? String(contentsOf: child, encoding: .utf8))?.hasSuffix("\n") != true {
            try await Task.sleep(for: .milliseconds(5))
        }
        task.cancel()
        let result = await task.result
        #expect(throws: Fault.self) { try result.get() }
        #expect(try await shelf.isGone("child"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: shelf.scratch.path) == [])
    }

    @Test func foldersOfAKilledProcessAreRemoved() async throws {
        let shelf = try ProgramShelf()
        try shelf.add("tap", "echo '\(ProgramShelf.schema)'")
        // A number that no process has: they end at 2^22.
        let left = shelf.scratch.appending(path: "5000000-left")
        let other = shelf.scratch.appending(path: "1-other")
        for folder in [left, other] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        _ = try await shelf.read(try ProgramShelf.plan())
        #expect(!FileManager.default.fileExists(atPath: left.path))
        #expect(FileManager.default.fileExists(atPath: other.path))
    }
}

extension ProgramShelf {
    /// Whether the process whose number is in a file has ended, or ends soon.
    func isGone(_ file: String) async throws -> Bool {
        let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
        guard let number = Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)) else { return false }
        for _ in 0..<200 {
            // One that was killed and waits for whoever adopted it to notice has ended.
            let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
            if status == nil || status?.contains(") Z ") == true { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}
