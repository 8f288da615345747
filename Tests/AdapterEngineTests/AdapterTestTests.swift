import Foundation
import Model
import Testing

@testable import AdapterEngine

@Suite("Adapters' transcripts")
struct AdapterTestTests {
    static let adapters = ["http-json", "http-xml"]

    @Test("every transcript gives its golden records", arguments: adapters)
    func golden(adapter: String) async throws {
        let test = try AdapterTest(folder: Fixture.adapters.appendingPathComponent(adapter))
        let isRecording = ProcessInfo.processInfo.environment["HUITONG_RECORD"] != nil
        let results = try await test.run(recording: isRecording)
        #expect(results.count >= 5)
        for result in results {
            #expect(result.differences == [], "\(adapter)/\(result.transcript)")
        }
    }

    @Test("a transcript that asks or gives something else is told line by line")
    func differences() {
        #expect(AdapterTest.differences(expected: ["a", "b"], got: ["a", "b"]) == [])
        #expect(AdapterTest.differences(expected: ["a"], got: ["a", "c"]) == ["line 2: expected nothing, got c"])
    }
}
