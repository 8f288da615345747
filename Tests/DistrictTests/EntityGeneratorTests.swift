import Foundation
import Testing

@testable import District

@Suite("The generator of records to measure with") struct EntityGeneratorTests {
    static let generator = EntityGenerator(count: 2500)

    private static func rows(
        _ edition: EntityGenerator.Edition, of generator: EntityGenerator = generator
    ) throws -> [[String: String]] {
        try (1...generator.pageCount).flatMap { number -> [[String: String]] in
            let page = Data(generator.page(number, format: .json, edition: edition))
            let document = try #require(try JSONSerialization.jsonObject(with: page) as? [String: Any])
            let data = try #require(document["data"] as? [String: Any])
            #expect(data["total"] as? Int == generator.count)
            return try #require(data["rows"] as? [[String: String]])
        }
    }

    @Test func recordsAreAsPromised() throws {
        let rows = try Self.rows(.first)
        #expect(rows.count == 2500)
        #expect(Set(rows.map { $0["TYSHXYDM"] }).count == 2500)
        #expect(rows.allSatisfy { Set($0.keys) == Set(EntityGenerator.fields) })
        for row in rows {
            let (code, id) = (row["TYSHXYDM"] ?? "", row["FDDBRZJH"] ?? "")
            #expect(String(Unicode.Scalar(CheckDigit.credit(code.utf8.prefix(17)))) == code.suffix(1))
            #expect(String(Unicode.Scalar(CheckDigit.citizen(id.utf8.prefix(17)))) == id.suffix(1))
            #expect((code.count, id.count) == (18, 18))
        }
        let size = Self.generator.page(1, format: .json).count / 1000
        #expect((550...700).contains(size), "\(size) bytes a record")
    }

    @Test func anEditionDiffersInOnePerCent() throws {
        let (first, second) = (try Self.rows(.first), try Self.rows(.second))
        let different = zip(first, second).filter { $0 != $1 }
        #expect((10...45).contains(different.count))
        #expect(different.allSatisfy { $0["TYSHXYDM"] == $1["TYSHXYDM"] && $1["BBH"] == "2" })
        #expect(try Self.rows(.second) == second)
        #expect(try Self.rows(.first, of: EntityGenerator(count: 2500, seed: 1)) != first)
    }

    @Test func bothFormatsSayTheSame() throws {
        let first = try #require(try Self.rows(.first).first)
        let xml = String(decoding: Self.generator.page(1, format: .xml), as: UTF8.self)
        let row = try #require(xml.components(separatedBy: "<Row>").dropFirst().first)
        for (field, value) in first { #expect(row.contains("<\(field)>\(value)</\(field)>")) }
        #expect(xml.components(separatedBy: "<Row>").count == 1001)
    }

    @Test func pagesAreFilesAndTheLastHasNoRecords() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.generator.write(to: folder.path, format: .json)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == (1...4).map { "page-\($0).json" })
        let last = try String(contentsOf: folder.appending(path: "page-4.json"), encoding: .utf8)
        #expect(last == #"{"code":"00","data":{"total":2500,"rows":[]}}"#)
    }
}
