import Model
import Testing

@testable import Parsing

@Suite("Separated values")
struct CSVRecordParserTests {
    private func csv(_ columns: [String], _ form: CSVForm = CSVForm(), limits: ParseLimits = ParseLimits()) throws
        -> ParseSpecification
    {
        try ParseSpecification(
            format: .csv, records: SourcePath("", format: .csv),
            columns: columns.map { try SourcePath($0, format: .csv) }, csv: form, limits: limits)
    }

    private let body = "id, name ,note\r\n1,\"a, \"\"b\"\"\",\r\n2,乙,\"two\nlines\"\r\n"

    @Test("columns are found by name, quotes and line ends within them are part of the value")
    func names() throws {
        let reading = try Reading(body, try csv(["note", "id", "name", "absent"]))
        #expect(
            reading.rows == [
                ["text:", "text:1", "text:a, \"b\"", "missing:"],
                ["text:two\nlines", "text:2", "text:乙", "missing:"],
            ])
        #expect(reading.locators.map(\.record) == [1, 2])
        #expect(reading.hasRecords)
    }

    @Test("in whatever pieces a file arrives, its records are the same")
    func pieces() throws {
        let whole = try Reading(body, try csv(["id", "name", "note"]))
        for size in 1...body.utf8.count {
            #expect(try Reading(Array(body.utf8), try csv(["id", "name", "note"]), chunk: size) == whole)
        }
    }

    @Test("a file cut anywhere gives the beginning of its records, or a fault")
    func cuts() throws {
        let whole = try Reading(body, try csv(["id", "name"])).rows
        for end in 0..<body.utf8.count {
            do throws(Fault) {
                let rows = try Reading(Array(body.utf8.prefix(end)), try Self.quiet(csv, ["id", "name"])).rows
                // The last record may be short; nobody can tell from the file alone.
                #expect(rows.dropLast().elementsEqual(whole.prefix(max(0, rows.count - 1))))
            } catch {
                #expect([.sourceTruncated, .sourceUnexpected].contains(error.code))
            }
        }
    }

    @Test("of two columns with one name nobody knows which is meant")
    func twins() throws {
        for header in ["id,name,name", "name, id ,id", "id,name, name "] {
            let fault = #expect(throws: Fault.self) { try Reading("\(header)\n1,2,3\n", try csv(["id", "name"])) }
            #expect(fault?.code == .sourceUnexpected && fault?.message.contains("two columns") == true, "\(header)")
        }
        #expect(try Reading("id,x,x\n1,2,3\n", try csv(["id"])).texts == [["1"]], "what is not read may come twice")
    }

    @Test("a file without a header is none, and open quotes are named by their row")
    func missing() throws {
        let empty = #expect(throws: Fault.self) { try Reading("", try csv(["id"])) }
        #expect(empty?.code == .sourceTruncated && empty?.message.contains("header") == true)
        let quotes = #expect(throws: Fault.self) { try Reading("id\n1\n\"2\n3\n", try csv(["id"])) }
        #expect(quotes?.code == .sourceTruncated && quotes?.message.contains("row 3") == true, "\(quotes as Any)")
    }

    private static func quiet(
        _ make: ([String], CSVForm, ParseLimits) throws -> ParseSpecification, _ columns: [String]
    ) throws(Fault) -> ParseSpecification {
        do {
            return try make(columns, CSVForm(), ParseLimits())
        } catch {
            throw Fault(.defect, "\(error)")
        }
    }

    @Test("a row of another length is broken as a whole, and the rows around it are not")
    func ragged() throws {
        let reading = try Reading("a,b\n1,2\n3\n4,5,6\n7,8\n", try csv(["a", "b"]))
        #expect(
            reading.rows == [
                ["text:1", "text:2"], ["broken:3", "broken:"], ["broken:4", "broken:5"], ["text:7", "text:8"],
            ])
    }

    @Test("without a header columns are numbered from 1, and the first row says how many there are")
    func numbers() throws {
        let form = CSVForm(separator: UInt8(ascii: ";"), hasHeader: false)
        let reading = try Reading("a;b;c\nd;e;f\ng;h\n", try csv(["3", "1"], form))
        #expect(reading.rows == [["text:c", "text:a"], ["text:f", "text:d"], ["broken:", "broken:g"]])
    }

    @Test(
        "what is no file of separated values is refused with its place",
        arguments: [
            ("a,b\n1,\"x\"y\n", FaultCode.sourceMalformed, "row 2"), ("a,b\n1,\"x", .sourceTruncated, "within quotes"),
            ("<html></html>", .sourceUnexpected, "HTML"), ("{\"a\": 1}", .sourceUnexpected, "JSON"),
            ("x;y\n1;2\n", .sourceUnexpected, "x;y"),
        ])
    func refused(body: String, code: FaultCode, part: String) throws {
        let specification = try csv(["a", "b"])
        let fault = #expect(throws: Fault.self) { _ = try Reading(body, specification) }
        #expect(fault?.code == code)
        #expect(fault?.message.contains(part) == true, "\(fault?.message ?? "")")
    }

    @Test("values and rows have limits")
    func limits() throws {
        let long = try csv(["a"], limits: ParseLimits(valueBytes: 1 << 10))
        let fault = #expect(throws: Fault.self) {
            _ = try Reading("a\n" + String(repeating: "x", count: 1 << 14), long)
        }
        #expect(fault?.code == .sourceTooLarge)
        let wide = try csv(["a"])
        let row = String(repeating: ",", count: CSVWalk.valuesAtMost + 1)
        #expect(throws: Fault.self) { _ = try Reading("a\n\(row)\n", wide) }
    }

    @Test("a file in GBK with a mark of its own is read by its setting")
    func charset() throws {
        let bytes: [UInt8] = [0xB1, 0xE0, 0x0A, 0xBC, 0xD7, 0x0A]
        let reading = try Reading(pieces: [bytes], try csv(["编"]), charset: CharsetHint(setting: "GBK"))
        #expect(reading.rows == [["text:甲"]])
    }
}
