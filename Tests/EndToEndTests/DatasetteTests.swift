import Foundation
import Testing

/// Datasette over a SQLite file, read in the four ways that it can be paged.
@Suite(.enabled(if: Peers.has("datasette"), "run by make test-peers; make peers installs datasette"))
struct DatasetteTests {
    struct Way: Sendable, CustomStringConvertible {
        let description: String
        let adapter: String
        let with: String
    }

    static let ways = [
        Way(
            description: "tokens", adapter: "http-json",
            with: """
                path: /permits/permit.json, query: {_shape: objects}, records: rows, total_path: filtered_table_rows_count,
                paging: cursor, cursor_path: next, cursor_parameter: _next, size_parameter: _size, page_size: 500
                """),
        Way(
            description: "next_url", adapter: "http-json",
            with: """
                path: /permits/permit.json, query: {_shape: objects}, records: rows, total_path: filtered_table_rows_count,
                paging: next, next_path: next_url, size_parameter: _size, page_size: 400
                """),
        Way(
            description: "a Link header", adapter: "http-json",
            with:
                "path: /permits/permit.json, query: {_shape: array}, paging: link, size_parameter: _size, page_size: 300"
        ),
        Way(description: "a stream of CSV", adapter: "http-csv", with: #"path: "/permits/permit.csv?_stream=on""#),
    ]

    private static func entry(_ way: Way) -> String {
        """
        entry: permit
        title: 许可
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: \(way.adapter)
          with: {\(way.with)}
        delivers: snapshot
        guard: {changed: 100%, removed: 10%}
        key: [id]
        fields:
          id: {title: 编号, type: integer}
          name: {title: 名称, required: true}
          fee: {title: 费用, type: decimal}
          valid_from: {title: 起始日期, type: date}
        """
    }

    private static let load = """
        import sqlite3
        base = sqlite3.connect('permits.db')
        with base:
            base.execute('create table permit(id integer primary key, name text, fee text, valid_from text)')
            base.executemany('insert into permit values(?, ?, ?, ?)',
                [(n, f'许可, "{n}"\\n第二行', f'{n}.50', f'2026-03-{1 + n % 28:02}') for n in range(1, 2346)])
        """
    private static let change = """
        import sqlite3
        base = sqlite3.connect('permits.db')
        with base:
            base.execute("update permit set name = '改名' where id % 100 = 0")
            base.execute('delete from permit where id between 11 and 30')
            base.execute("insert into permit values(9001, '新', '0.10', '2026-04-01')")
        """

    @Test(arguments: ways) func syncedTwiceWithChangesBetween(way: Way) async throws {
        let server = try PeerServer()
        defer { server.stop() }
        try server.python(Self.load)
        try await server.start(
            Taps.path("datasette"),
            ["serve", server.path("permits.db"), "--host", "127.0.0.1", "--port", "\(server.port)"])
        let exchange = try ExchangeFolder(base: server.base, entries: ["permit": Self.entry(way)])
        let first = try await exchange.published("permit")
        #expect(first["added"] == 2345)
        try await compare(exchange, server)

        try server.python(Self.change)
        let second = try await exchange.published("permit")
        #expect(second["added"] == 1 && second["changed"] == 23 && second["removed"] == 20, "\(second)")
        #expect(second["unchanged"] == 2345 - 23 - 20)
        try await compare(exchange, server)
    }

    /// The number of rows, and three of them, as the server gives them to curl.
    private func compare(_ exchange: borrowing ExchangeFolder, _ server: PeerServer) async throws {
        let records = try await exchange.records(of: "permit")
        let counted = try server.askJSON("/permits/permit.json?_size=0")
        #expect(records.count == counted["filtered_table_rows_count"] as? Int)
        for id in [1, 100, 2345] {
            let rows = try server.askJSON("/permits/permit.json?_shape=objects&id=\(id)")["rows"] as? [[String: Any]]
            let row = try #require(rows?.first)
            let record = try #require(records.values.first { $0["id"] == String(id) })
            #expect(record["name"] == row["name"] as? String)
            #expect(record["valid_from"] == row["valid_from"] as? String)
            #expect(Decimal(string: record["fee"] ?? "") == Decimal(string: row["fee"] as? String ?? "x"))
        }
    }
}
