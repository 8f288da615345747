import Foundation
import Model
import Testing

@testable import AdapterEngine

/// Control files as departments write them, beyond a name, a number and a digest.
@Suite struct ControlFileTests {
    private static let list: [String: ParameterValue] = ["ready": .text("*.ctl"), "control": .text("list")]

    private static func run(
        _ folder: DeliveryTests.Folder, columns: [String] = [], _ more: [String: ParameterValue] = [:]
    ) async throws(Fault) -> (ids: [String], summary: ReadingSummary) {
        let columns: [String: ParameterValue] = columns.isEmpty ? [:] : ["control_columns": .list(columns)]
        return try await DeliveryTests.run(folder, list.merging(columns) { $1 }.merging(more) { $1 })
    }

    @Test func columnsSayWhatStandsWhere() async throws {
        let rows = DeliveryTests.records(1, 2)
        let folder = DeliveryTests.Folder(["a b.json": rows])
        let size = rows.utf8.count
        for (columns, line) in [
            (["name", "size", "count"], "a b.json|\(size)|2"), (["name", "size", "count"], "a b.json,\(size),2,"),
            (["-", "count", "-", "name", "size"], "1;2;;a b.json;\(size)\r\n"),
            (["name", "count", "size", "digest"], "a b.json\t2\t\(size)\t"),
        ] {
            folder.put("x.ctl", line)
            let read = try await Self.run(folder, columns: columns)
            #expect(read.ids == ["1", "2"] && read.summary.promised == 2, "\(line)")
        }
        for (line, code) in [
            ("a b.json|\(size + 1)|2", FaultCode.sourceAltered), ("a b.json|2", .sourceMalformed),
            ("a b.json|x|2", .sourceMalformed), ("a b.json|-1|2", .sourceMalformed), ("|\(size)|2", .sourceForbidden),
        ] {
            folder.put("x.ctl", line)
            let fault = await #expect(throws: Fault.self) {
                try await Self.run(folder, columns: ["name", "size", "count"])
            }
            #expect(fault?.code == code, "\(line): \(fault as Any)")
        }
    }

    @Test(arguments: [["count"], ["name", "name"], ["name", "bytes"], ["name", ""]])
    func columnsThatSayNothingAreRefused(_ columns: [String]) async throws {
        let folder = DeliveryTests.Folder(["a.json": DeliveryTests.records(1), "x.ctl": "a.json 1"])
        let fault = await #expect(throws: Fault.self) { try await Self.run(folder, columns: columns) }
        #expect(fault?.code == .badAdapter && fault?.message.contains("control_columns") == true)
    }

    @Test func whatSumProgramsPrintMayNameFilesWithBlanks() async throws {
        let rows = DeliveryTests.records(1)
        var sum = Checksum(.md5)
        sum.update(Array(rows.utf8))
        let folder = DeliveryTests.Folder(["人口 第 1 批.json": rows, "a.json": rows])
        for line in ["\(sum.hex)  人口 第 1 批.json", "\(sum.hex) *人口 第 1 批.json", "\(sum.hex)  a.json   1"] {
            folder.put("x.ctl", line)
            #expect(try await Self.run(folder).ids == ["1"], "\(line)")
        }
        folder.put("x.ctl", String(repeating: "0", count: 32) + "  人口 第 1 批.json")
        let fault = await #expect(throws: Fault.self) { try await Self.run(folder) }
        #expect(fault?.code == .sourceAltered)
    }

    @Test func aControlFileIsInTheCharsetOfItsData() async throws {
        // 人口.json, 1 in GB 18030; the data itself says nothing that differs.
        let folder = DeliveryTests.Folder(["人口.json": DeliveryTests.records(1)])
        folder.put("x.ctl", [0xc8, 0xcb, 0xbf, 0xda] + Array(".json,1\r\n".utf8))
        let refused = await #expect(throws: Fault.self) { try await Self.run(folder) }
        #expect(refused?.code == .sourceEncoding && refused?.advice?.contains("charset") == true)
        #expect(try await Self.run(folder, ["charset": .text("GBK")]).ids == ["1"])
        folder.put("x.ctl", "人口.json,1")
        #expect(try await Self.run(folder, ["charset": .text("GBK")]).ids == ["1"], "what is in UTF-8 stays so")
        let document: [String: ParameterValue] = [
            "control": .text("json"), "control_files": .text("/files"), "control_name": .text("n"),
            "control_size": .text("b"), "charset": .text("GBK"),
        ]
        let size = DeliveryTests.records(1).utf8.count
        for (bytes, isRight) in [(size, true), (size + 1, false)] {
            folder.put(
                "x.ctl",
                Array(#"{"files":[{"n":""#.utf8) + [0xc8, 0xcb, 0xbf, 0xda] + Array(#".json","b":\#(bytes)}]}"#.utf8))
            let ids = try? await Self.run(folder, document).ids
            #expect(ids == (isRight ? ["1"] : nil))
        }
    }
}
