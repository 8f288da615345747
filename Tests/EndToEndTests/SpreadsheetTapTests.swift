import Foundation
import Testing

/// Workbooks of Excel, read by a tap from PyPI and compared with what openpyxl finds in them (`make peers`).
@Suite(.enabled(if: Workbook.isReadable, "tap-spreadsheets is not installed: make peers"))
struct SpreadsheetTapTests {
    @Test(arguments: ["snapshot", "delta"])
    func twoRunsWithChangesBetween(delivers: String) async throws {
        let workbook = try Workbook()
        defer { workbook.remove() }
        let exchange = try Self.exchange(workbook, delivers: delivers)

        try workbook.write(rows: 1...400)
        let first = try await exchange.run("sync", "unit")
        #expect(first.status == 0, "\(first.output) \(first.complaints)")
        #expect(try await Self.served(exchange) == workbook.rows())
        let preview = try await exchange.run("preview", "unit", "-n", "1")
        #expect(preview.output.contains("2026-01-02 00:00:00  2026-01-02"), "\(preview.output)")

        // The tap tells what changed by the time of the file, in seconds.
        try await Task.sleep(for: .milliseconds(1_100))
        try workbook.write(rows: 1...410, renamed: 7)
        let second = try await exchange.run("sync", "unit")
        #expect(second.status == 0, "\(second.output) \(second.complaints)")
        let served = try await Self.served(exchange)
        #expect(try served == workbook.rows() && served.count == 410 && served["000007"] == "新名|10.5|2026-01-08")
    }

    @Test func aTapThatSkipsItsFileSaysWhy() async throws {
        let workbook = try Workbook()
        defer { workbook.remove() }
        try workbook.write(rows: 1...3)
        let exchange = try Self.exchange(workbook, delivers: "snapshot", sheet: "别的")
        let preview = try await exchange.run("preview", "unit")
        #expect(preview.output.contains("0 records on the page"))
        #expect(preview.output.contains("the program said") && preview.output.contains("别的"), "\(preview.output)")
    }

    private static func exchange(
        _ workbook: Workbook, delivers: String, sheet: String = "单位"
    ) throws -> ExchangeFolder {
        let file = """
            {path: '\(workbook.file.path)', format: excel, worksheet: \(sheet), table_name: units, primary_keys: [code], \
            column_headers: [code, name, amount, day]}
            """
        let entry = SourceEntry(
            name: "unit", adapter: "singer",
            with: "command: tap-spreadsheets, stream: units, config: {files: [\(file)]}",
            delivers: "delivers: \(delivers)", limits: "", key: "code",
            fields: [
                ("code", "type: text"), ("name", "required: true"), ("amount", "type: decimal"), ("day", "type: date"),
            ])
        let exchange = try ExchangeFolder(
            base: "http://127.0.0.1:9", entries: ["unit": entry.text], settings: "programs: programs\n")
        let tap = "programs/tap-spreadsheets"
        try exchange.write(tap, "#!/bin/sh\nexec '\(Workbook.tap)' \"$@\"\n")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: exchange.folder.appending(path: tap).path)
        return exchange
    }

    private static func served(_ exchange: borrowing ExchangeFolder) async throws -> [String: String] {
        try await exchange.records(of: "unit").mapValues {
            "\($0["name"] ?? "")|\($0["amount"] ?? "")|\($0["day"] ?? "")"
        }
    }
}

/// A workbook that openpyxl writes and reads.
private struct Workbook {
    private static let bin = Repository.root.appending(path: ".build-peers/spreadsheets/bin")
    static let tap = bin.appending(path: "tap-spreadsheets").path
    static let isReadable = FileManager.default.isExecutableFile(atPath: tap)

    let file: URL

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-workbook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        file = folder.appending(path: "单位.xlsx")
    }

    func remove() { try? FileManager.default.removeItem(at: file.deletingLastPathComponent()) }

    func write(rows: ClosedRange<Int>, renamed: Int = 0) throws {
        _ = try Self.python(
            """
            import datetime, openpyxl, sys
            book = openpyxl.Workbook(); sheet = book.active; sheet.title = '单位'
            sheet.append(['代码', '名称', '金额', '日期'])
            for i in range(\(rows.lowerBound), \(rows.upperBound) + 1):
                name = '新名' if i == \(renamed) else f'单位{i}'
                sheet.append([f'{i:06}', name, i * 1.5, datetime.date(2026, 1, 1 + i % 28)])
            book.save('\(file.path)')
            """)
    }

    /// What stands in it, by code.
    func rows() throws -> [String: String] {
        let text = try Self.python(
            """
            import openpyxl
            for code, name, amount, day in openpyxl.load_workbook('\(file.path)').active.iter_rows(2, values_only=True):
                print(code, f'{name}|{amount:g}|{day:%Y-%m-%d}', sep='\\t')
            """)
        let pairs = text.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        return Dictionary(uniqueKeysWithValues: pairs.map { ($0[0], $0[1]) })
    }

    private static func python(_ program: String) throws -> String {
        try Peers.output(bin.appending(path: "python").path, ["-c", program])
    }
}
