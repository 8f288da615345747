import Model

@testable import Catalog

/// A small catalogue without mistakes, into which each test puts one.
struct SmallCatalogue {
    var files = CatalogFiles()

    init() {
        files.departments = .init(path: "departments.yaml", text: Self.departments)
        files.entries = [.init(path: "firm.yaml", text: Self.firm), .init(path: "penalty.yaml", text: Self.penalty)]
        files.subjects = [.init(path: "entity.yaml", text: Self.subject)]
        files.lists = [.init(path: "status.csv", text: Self.list)]
        files.manifests = [
            .init(path: "http-json/adapter.yaml", text: Self.manifest("http-json", format: "json")),
            .init(path: "http-xml/adapter.yaml", text: Self.manifest("http-xml", format: "xml")),
        ]
    }

    /// What is reported once `old` is replaced in the files by `new`.
    static func mistakes(_ old: String, _ new: String) -> [String] {
        var small = SmallCatalogue()
        small.replace(old, with: new)
        return CatalogLoader().load(small.files).1.map(\.description)
    }

    mutating func replace(_ old: String, with new: String) {
        files.departments?.text.replace(old, with: new)
        for index in files.entries.indices { files.entries[index].text.replace(old, with: new) }
        for index in files.subjects.indices { files.subjects[index].text.replace(old, with: new) }
        for index in files.lists.indices { files.lists[index].text.replace(old, with: new) }
        for index in files.manifests.indices { files.manifests[index].text.replace(old, with: new) }
    }

    static let departments = """
        departments:
          market:
            title: 市场监管
            code: 114301120061234586
            systems:
              core:
                title: 登记系统
                base: https://10.1.2.3:8443/api
                credential: {kind: api-key, secret: core-system-key, in: header, name: X-Key}
                rate: 0.5
                hours: 20:00-06:00
              land:
                title: 地址系统
                base: http://127.0.0.1:1
                credential: {kind: bearer, secret: LAND_SYSTEM_TOKEN}
        """

    static let firm = """
        entry: firm
        code: 1020101/000001
        title: 企业
        department: market
        update: daily
        grade: 2
        share: {type: conditional, methods: [api]}
        source:
          system: core
          adapter: http-json
          with: {path: /firms, records: /data/rows, page_size: 1000, paging: page}
        schedule: {cron: "15 2 * * *", time_zone: Asia/Shanghai, jitter: 5m}
        delivers: delta
        since: {parameter: since, field: GXSJ, look_back: 1h}
        guard: {removed: 5%}
        key: [uscc]
        fields:
          uscc: {title: 代码, from: TYSHXYDM, type: uscc}
          name: {title: 名称, from: QYMC, required: true}
          status: {title: 状态, type: code, list: status, map: {在业: "1"}}
          capital: {title: 资本, type: decimal, unit: {from: 万元, to: 元}}
          place: {title: 位置, from: {x: X, y: Y}, type: point, crs: EPSG:4547}
          updated_at: {title: 更新, from: GXSJ, type: datetime}
        """

    static let penalty = """
        entry: penalty
        title: 处罚
        department: market
        source: {system: land, adapter: http-xml, with: {path: /penalties, records: /root/record}}
        key: [number]
        fields:
          number: {title: 文号, from: CF_WSH}
          party: {title: 相对人, from: CF_XDR_SHXYM, type: uscc, index: true}
          until: {title: 截止, from: CF_GSJZQ, type: date}
        """

    static let subject = """
        subject: entity
        title: 法人
        key: uscc
        fields:
          name: {from: firm.name}
          penalties: {title: 处罚数, count: penalty, by: party, where: "until >= today"}
        """

    static let list = """
        # title: 经营状态; standard: none
        code,title,title_en,valid_from,valid_to,successor
        1,存续,,,,
        2,"吊销, 未注销",,,2011-05-23,1

        """

    static func manifest(_ name: String, format: String) -> String {
        """
        adapter: \(name)
        title: \(name)
        summary: Reads.
        format: \(format)
        parameters:
          path: {required: true, about: The resource's path.}
          records: {type: path, about: The records.}
          page_size: {type: number, default: 1000, about: Records a page.}
          paging: {default: none, choices: [none, page], about: How pages are asked for.}
          headers: {type: pairs, about: Headers.}
        requester: {path: "{{path}}", headers: {"*": "{{headers}}"}}
        record_selector: {records: "{{records}}"}
        paginator: {strategy: "{{paging}}", page_size: "{{page_size}}"}
        """
    }
}
