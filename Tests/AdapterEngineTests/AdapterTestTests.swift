import Catalog
import Foundation
import Model
import Testing

@testable import AdapterEngine

@Suite("Adapters' transcripts")
struct AdapterTestTests {
    /// Every folder of `Adapters`.
    static let adapters: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: Fixture.adapters.path))?.filter { !$0.hasPrefix(".") }
        .sorted() ?? []
    static let isRecording = ProcessInfo.processInfo.environment["HUITONG_RECORD"] != nil

    @Test("every transcript gives its golden records", arguments: adapters)
    func golden(adapter: String) async throws {
        let test = try AdapterTest(folder: Fixture.adapters.appendingPathComponent(adapter))
        let results = try await test.run(recording: Self.isRecording)
        #expect(results.count >= 2)
        for result in results {
            #expect(result.differences == [], "\(adapter)/\(result.transcript)")
        }
    }

    @Test("a body may arrive in any pieces, and may break off anywhere", arguments: adapters)
    func conformance(adapter: String) async throws {
        let test = try AdapterTest(folder: Fixture.adapters.appendingPathComponent(adapter))
        #expect(await AdapterConformance(test).violations() == [])
    }

    @Test("every parameter is documented, with one sentence in the manifest", arguments: adapters)
    func documented(adapter: String) throws {
        let test = try AdapterTest(folder: Fixture.adapters.appendingPathComponent(adapter))
        #expect(try test.checkReadme(recording: Self.isRecording), "`make record` writes the table")
        for parameter in test.manifest.parameters {
            #expect(parameter.about.hasSuffix(".") && parameter.about.count > 15, "\(parameter.name)")
        }
        let overview = Fixture.adapters.deletingLastPathComponent().appendingPathComponent("docs/adapters.md")
        #expect(try String(contentsOf: overview, encoding: .utf8).contains("../Adapters/\(adapter)/README.md"))
    }

    @Test("what a transcript does not answer, or answers otherwise, fails it")
    func disagreement() async throws {
        let folder = Fixture.adapters.appendingPathComponent("http-json")
        let manifest = try Fixture.manifest("http-json")
        let transcripts = folder.appendingPathComponent("transcripts/numbered-pages")
        let file = transcripts.appendingPathComponent("exchanges.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        func outcome(_ text: String) async throws -> String {
            let (transcript, diagnostics) = TranscriptLoader().transcript(
                yaml: text, file: "t", name: "numbered-pages", manifest: manifest)
            #expect(diagnostics.isEmpty)
            let read = try #require(transcript)
            let lines = await Replay(read, of: manifest, folder: transcripts).lines()
            return try #require(lines.last)
        }
        #expect(try await outcome(text).contains("\"records\": 3"))
        #expect(try await outcome(text.replacing("pageNo=2", with: "pageNo=3")).contains("instead of"))
        #expect(try await outcome(text.replacing("Accept: app", with: "Accept: x")).contains("header Accept"))
        #expect(try await outcome(text.replacing("body: page-2", with: "body: page-9")).contains("cannot be read"))
    }

    @Test("mistakes of a manifest are told with their place")
    func mistakes() {
        let (manifest, diagnostics) = ManifestLoader().manifest(
            yaml: """
                adapter: x
                title: X
                summary: X
                format: json
                requester: {path: "{{pth}}", verb: GET}
                parameters:
                  path: {type: text, about: The path.}
                """, file: "adapter.yaml")
        #expect(manifest == nil)
        #expect(diagnostics.map(\.rule.rawValue).sorted() == ["unknown-key", "unknown-placeholder"])
        #expect(diagnostics.allSatisfy { $0.line == 5 })
        #expect(diagnostics.contains { $0.advice.contains("`path`") })
    }

    @Test("a transcript that asks or gives something else is told line by line")
    func differences() {
        #expect(AdapterTest.differences(expected: ["a", "b"], got: ["a", "b"]) == [])
        #expect(AdapterTest.differences(expected: ["a"], got: ["a", "c"]) == ["line 2: expected nothing, got c"])
    }
}
