import District
import Foundation

/// The exchange with two collections of the size wanted: the register of `Exchange`, and places.
struct QueryExchange: Sendable {
    let records: Int
    let folder: String

    private var own: String { "\(folder)/query-\(records)" }
    private var mark: String { "\(own)/loaded" }

    func remove() { try? FileManager.default.removeItem(atPath: own) }

    /// Loads what is not there yet.
    func prepare() throws {
        guard !FileManager.default.fileExists(atPath: mark) else { return }
        remove()
        let entities = try source(["generate", "\(records)", "json", "first"], "pages-\(records)-json-first")
        let places = try source(["places", "\(records)"], "pages-\(records)-places")
        defer { for server in [entities.server, places.server] { server.stop() } }
        try write("huitong.yaml", Self.settings)
        try write("Catalog/departments.yaml", Self.departments(entities.base, places.base))
        try write("Catalog/entries/entity.yaml", Exchange.entry(.json))
        // Again under another name, to be loaded while the first is asked for.
        try write(
            "Catalog/entries/again.yaml",
            Exchange.entry(.json).replacing("entry: entity", with: "entry: again"))
        try write("Catalog/entries/place.yaml", Self.place)
        for entry in ["entity", "place"] { try sync(entry) }
        try Data().write(to: URL(filePath: mark))
    }

    /// A run of the entry, published; through the daemon where one runs.
    func sync(_ entry: String) throws {
        try Program(Program.huitong, ["sync", entry, "--format", "json"], in: own).outcome()
    }

    /// Serves the pages that `again` reads, where the catalogue says they are.
    func serveAgain() throws -> Child {
        let entities = try source(["generate", "\(records)", "json", "first"], "pages-\(records)-json-first")
        try write("Catalog/departments.yaml", Self.departments(entities.base, entities.base))
        return entities.server
    }

    func serve(port: Int) throws -> Program {
        let program = try Program(Program.huitong, ["serve", "--port", "\(port)"], in: own)
        for _ in 0..<200 {
            if let answer = try? Download("http://127.0.0.1:\(port)/health/live"), !answer.body.isEmpty {
                return program
            }
            usleep(50_000)
        }
        program.stop()
        throw Failure("huitong serve did not answer within ten seconds")
    }

    /// Pages in a folder, written where they are not there, and served.
    private func source(_ writing: [String], _ name: String) throws -> (server: Child, base: String) {
        let pages = "\(folder)/\(name)"
        let last = (records + 999) / 1000 + 1
        if ((try? FileManager.default.contentsOfDirectory(atPath: pages)) ?? []).count != last {
            try? FileManager.default.removeItem(atPath: pages)
            try Child(writing + [pages]).wait()
        }
        let server = try Child(["serve", "json", pages])
        let parts = server.firstLine().split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count > 1 else { throw Failure("the pages are not served") }
        return (server, "http://\(parts[1])")
    }

    private func write(_ path: String, _ text: String) throws {
        let file = URL(filePath: own).appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    // MARK: - Its catalogue

    private static let settings = """
        outbound: {allow_loopback: true}
        register: true
        log: {level: error}

        """

    private static func departments(_ entities: String, _ places: String) -> String {
        """
        departments:
          register:
            title: 登记机关
            systems:
              register: {title: 登记系统, base: "\(entities)"}
          planning:
            title: 规划部门
            systems:
              places: {title: 设施系统, base: "\(places)"}
        """
    }

    private static let place = """
        entry: place
        title: 设施
        summary: 用于测量
        department: planning
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: places
          adapter: http-json
          with: {path: /page, records: /data/rows, total_path: /data/total, paging: page, page_parameter: pageNo}
        delivers: snapshot
        key: [id]
        fields:
          id: {title: 编号, required: true}
          name: {title: 名称}
          kind: {title: 类别, index: true}
          spot: {title: 位置, type: point, from: {x: x, y: y}, crs: "OGC:CRS84"}
        """
}
