import District
import Foundation

/// The exchange itself: the `huitong` command beside this program, with a catalogue of one entry, and a run from first
/// request to publication.
struct Exchange: Sendable {
    /// Whether a subject is joined from the entry as well.
    var hasSubject = false
    var hasIndexes = true
    /// Whether records come as features, each with a polygon.
    var hasPlaces = false

    var contender: String {
        ["huitong", hasSubject ? "subject" : nil, hasPlaces ? "places" : nil, hasIndexes ? nil : "no-index"]
            .compactMap { $0 }.joined(separator: "-")
    }

    var trials: [Trial] {
        EntityGenerator.Format.allCases.flatMap { format in
            EntityGenerator.Edition.allCases.map { edition in
                Trial(contender: contender, edition: edition, format: format, body: sync)
            }
        }
    }

    @Sendable private func sync(_ setting: Trial.Setting) throws -> Trial.Outcome {
        let parts = setting.url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: true)
        let folder = URL(filePath: setting.folder)
        try write("huitong.yaml", "outbound: {allow_loopback: true}\nregister: true\nlog: {level: error}\n", in: folder)
        try write("Catalog/departments.yaml", Self.departments(base: "http://\(parts[1])"), in: folder)
        try write("Catalog/entries/entity.yaml", entry(setting.format), in: folder)
        if hasSubject { try write("Catalog/subjects/body.yaml", Self.subject, in: folder) }
        let output = try command(["sync", "entity", "--format", "json"], in: folder)
        let runs = try JSONSerialization.jsonObject(with: output)
        let run = (runs as? [[String: Any]])?.first ?? runs as? [String: Any]
        guard run?["state"] as? String == "published", let difference = run?["difference"] as? [String: Any],
            let records = difference["read"] as? Int
        else { throw Failure("the run was not published: \(String(decoding: output, as: UTF8.self))") }
        return Trial.Outcome(records: records, bytes: 0, stages: run?["stages"] as? [String: Double] ?? [:])
    }

    private func write(_ path: String, _ text: String, in folder: URL) throws {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Waited for, so that its processor time and memory count as this process's.
    private func command(_ arguments: [String], in folder: URL) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: Program.huitong)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure("huitong ended with \(process.terminationStatus)") }
        return data
    }

    // MARK: - Its catalogue

    static func departments(base: String) -> String {
        """
        departments:
          register:
            title: 登记机关
            systems:
              register: {title: 登记系统, base: "\(base)"}
        """
    }

    /// - Parameters:
    ///   - system: a system of `departments`.
    ///   - path: where its pages are.
    ///   - isPaged: whether there are more than one, and a total.
    ///   - delivers: how, with what belongs to it.
    static func entry(
        _ format: EntityGenerator.Format, named name: String = "entity", system: String = "register",
        path: String = "/page", isPaged: Bool = true, delivers: String = "snapshot"
    ) -> String {
        let (adapter, records, total) =
            switch format {
            case .json: ("http-json", "/data/rows", "/data/total")
            case .xml: ("http-xml", "/Response/Rows/Row", "/Response/Head/Total")
            }
        let paging = isPaged ? "total_path: \(total), paging: page, page_parameter: pageNo" : "paging: none"
        return """
            entry: \(name)
            title: 登记主体
            summary: 用于测量
            department: register
            update: daily
            grade: 1
            share: {type: unconditional}
            open: true
            source:
              system: \(system)
              adapter: \(adapter)
              with: {path: "\(path)", records: \(records), \(paging)}
            delivers: \(delivers)
            key: [uscc]
            fields:
              uscc: {title: 统一社会信用代码, from: TYSHXYDM, type: uscc, required: true}
              name: {title: 名称, from: QYMC, required: true}
              kind: {title: 类型, from: QYLX}
              legal_rep: {title: 法定代表人, from: FDDBR}
              legal_rep_id: {title: 证件号码, from: FDDBRZJH, type: citizen-id, grade: 3}
              capital: {title: 注册资本, from: ZCZB, type: decimal, unit: {from: 万元, to: 元}}
              currency: {title: 币种, from: BZ}
              established: {title: 成立日期, from: CLRQ, type: date}
              approved: {title: 核准日期, from: HZRQ, type: date}
              term_to: {title: 经营期限止, from: JYQXZ, type: date}
              status: {title: 状态, from: JYZT}
              industry: {title: 行业, from: HYDM, index: true}
              division: {title: 区划, from: QH, index: true}
              authority: {title: 登记机关, from: DJJG}
              address: {title: 住所, from: ZS}
              scope: {title: 经营范围, from: JYFW}
              phone: {title: 电话, from: LXDH, grade: 3}
              staff: {title: 人数, from: CYRS, type: integer}
              edition: {title: 版本, from: BBH, type: integer}
              updated_at: {title: 更新时间, from: GXSJ, type: datetime}
            """
    }

    private static let subject = """
        subject: body
        kind: base
        title: 法人
        key: uscc
        fields:
          name: {title: 名称, from: entity.name}
          capital: {title: 注册资本, from: entity.capital}
          status: {title: 状态, from: entity.status}
          address: {title: 住所, from: entity.address}
          division: {title: 区划, from: entity.division}
        """
}
