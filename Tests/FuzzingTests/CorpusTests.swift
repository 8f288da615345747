import Foundation
import Testing

/// Every input of the corpora, seeds and what was found, through the functions that `make fuzz` tries.
@Suite struct CorpusTests {
    private static let corpus = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Corpus")

    struct Case: Sendable, CustomTestStringConvertible {
        let target: FuzzTarget
        let file: URL
        var testDescription: String { "\(target.name)/\(file.lastPathComponent)" }
    }

    static let cases = FuzzTarget.all.flatMap { target in
        let folder = corpus.appending(path: target.name)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { Case(target: target, file: folder.appending(path: $0)) }
    }

    @Test(arguments: cases) func holds(_ found: Case) throws {
        let bytes = try [UInt8](Data(contentsOf: found.file))
        try bytes.withUnsafeBytes { try found.target.run($0) }
    }

    @Test func everyTargetHasItsCorpus() throws {
        for target in FuzzTarget.all {
            #expect(Self.cases.count { $0.target.name == target.name } >= 2, "\(target.name)")
        }
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.corpus.path)
        #expect(Set(folders) == Set(FuzzTarget.all.map(\.name)))
    }
}
