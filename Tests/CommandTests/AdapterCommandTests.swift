import Foundation
import Testing

@testable import huitong

@Suite struct AdapterCommandTests {
    private static let folder = Program.repository.appending(path: "Adapters")
    static let adapters: [String] =
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.filter { !$0.hasPrefix(".") }.sorted()
        ?? []

    private struct Shown: Decodable {
        struct Parameter: Decodable {
            var name: String
            var type: String
            var choices: [String]
            var about: String
        }
        var name: String
        var parameters: [Parameter]
    }

    @Test(arguments: adapters)
    func everyParameterIsShownWithTypeChoicesAndSentence(adapter: String) throws {
        let program = try Program()
        let json = try program.run("adapter", "show", adapter, "--format", "json")
        let shown = try JSONDecoder().decode(Shown.self, from: Data(json.output.utf8))
        #expect(shown.name == adapter && !shown.parameters.isEmpty)
        let text = try program.run("adapter", "show", adapter).output
        let lines = text.split(separator: "\n").map(String.init)
        let joined = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for parameter in shown.parameters {
            #expect(lines.contains { $0.hasPrefix("\(parameter.name) ") && $0.contains(" \(parameter.type) ") })
            #expect(
                parameter.choices.isEmpty || joined.contains("One of: \(parameter.choices.joined(separator: ", "))."))
        }
        // Every line of a sentence begins in the column of the first.
        let header = try #require(lines.first { $0.hasPrefix("PARAMETER") })
        let column = header.distance(
            from: header.startIndex, to: try #require(header.firstRange(of: "ABOUT")).lowerBound)
        for line in lines.drop(while: { $0 != header }) where line.count > column {
            #expect(Array(line)[column - 1] == " " && Array(line)[column] != " ", "\(adapter): \(line)")
            #expect(TextTable.width(line) <= max(110, column + 30), "\(line)")
        }
    }

    @Test func wideCharactersAndLongWordsKeepTheirColumn() {
        var table = TextTable(["NAME", "ABOUT"])
        table.append(["名称", "一二三四五六七 一二三四五六七 一二三四五六七八九十一二三四五六七八九十"])
        #expect(
            table.wrapped(at: 36) == """
                NAME  ABOUT
                名称  一二三四五六七 一二三四五六七
                      一二三四五六七八九十一二三四五六七八九十
                """)
        #expect(table.text.split(separator: "\n").count == 2)
    }

    @Test func ownAdaptersStandBesideThoseThatAreShipped() throws {
        let program = try Program.starter()
        let own = program.folder.appending(path: "Adapters/http-json")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try program.write(
            "adapter: http-json\ntitle: Mine\nsummary: My own.\nformat: json\n", to: "Adapters/http-json/adapter.yaml")
        let list = try program.run("adapter", "list").output
        #expect(list.contains("My own.") && list.contains("http-xml"))
        #expect(list.split(separator: "\n").filter { $0.hasPrefix("http-json") }.count == 1)
        // The entry's parameters are not those of the own one.
        #expect(try program.run("check").status == 1)
        let test = try program.run("adapter", "test", "http-json")
        #expect(test.status == 1)
        #expect(test.output.contains("transcripts/<name>/exchanges.yaml") && test.output.contains("README.md"))
    }

    @Test func recordingNeedsANameAndWritesWhatCameOut() throws {
        let program = try Program.starter()
        #expect(try program.run("adapter", "test", "--record").status == 64)
        let copy = program.folder.appending(path: "Adapters/http-csv")
        try FileManager.default.createDirectory(
            at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.folder.appending(path: "http-csv"), to: copy)
        let golden = "Adapters/http-csv/expected/gbk-export.jsonl"
        let expected = try program.read(golden)
        try program.write("{}\n", to: golden)
        try program.replace("| `separator` |", by: "| `divider` |", in: "Adapters/http-csv/README.md")
        let differing = try program.run("adapter", "test", "http-csv")
        #expect(differing.status == 1)
        #expect(differing.output.contains("gbk-export: differs") && differing.output.contains("README.md: differs"))
        #expect(try program.run("adapter", "test", "http-csv", "--record").status == 0)
        #expect(try program.read(golden) == expected)
        let again = try program.run("adapter", "test", "http-csv", "--cut")
        #expect(again.status == 0 && again.output.contains("in pieces and cut: as expected"))
    }
}
