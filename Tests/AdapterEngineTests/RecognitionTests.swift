import Foundation
import Model
import Testing

@testable import AdapterEngine

@Suite("Drafts name the adapter that an answer is one for")
struct RecognitionTests {
    private static func manifests() throws -> [Manifest] {
        try FileManager.default.contentsOfDirectory(atPath: Fixture.adapters.path).sorted()
            .map { try Fixture.manifest($0) }
    }

    /// Adapter to the adapters that its recorded answers are taken for.
    private static func recognised(among manifests: [Manifest]) throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for manifest in manifests where manifest.delivery == nil && manifest.program == nil {
            let folder = Fixture.adapters.appending(path: "\(manifest.name)/transcripts")
            let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files where ["json", "xml"].contains(file.pathExtension) {
                guard
                    let draft = try? EntryDraft(
                        body: Array(try Data(contentsOf: file)), contentType: nil, url: "http://core.test/x",
                        adapters: manifests)
                else { continue }
                let name = draft.yaml.firstMatch(of: /# The answer looks like .*: `adapter: (.*)` knows/)?.1
                found[manifest.name, default: []].insert(name.map(String.init) ?? "")
            }
        }
        return found
    }

    @Test("recorded answers of an adapter that says how it is told are told by it, and taken for no other's")
    func transcripts() throws {
        let manifests = try Self.manifests()
        let recognised = try Self.recognised(among: manifests)
        for manifest in manifests where !manifest.recognition.isEmpty {
            let taken = recognised[manifest.name] ?? []
            #expect(taken.contains(manifest.name), "\(manifest.name)")
            // Errors look like nothing.
            #expect(taken.isSubset(of: [manifest.name, ""]), "\(manifest.name): \(taken)")
        }
        for name in ["http-json", "huitong", "huitong-changes", "gitea", "socrata"] {
            #expect(recognised[name] == [""], "\(name) is told by nothing")
        }
        #expect(recognised["gleif"]?.contains("json-api") == true, "GLEIF speaks JSON:API")
    }

    @Test("an answer that has only some of what an adapter's have is not one")
    func parts() throws {
        let draft = try EntryDraft(
            body: Array(#"{"result": {"records": [{"a": 1}]}}"#.utf8), contentType: nil, url: "http://core.test/x",
            adapters: try Self.manifests())
        #expect(!draft.yaml.contains("looks like"))
    }
}
