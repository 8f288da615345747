import Model

@testable import Catalog

extension FuzzTarget {
    /// The files of a catalogue: one of them hostile beside good ones.
    static let catalogue = FuzzTarget(name: "catalogue") { bytes in
        var input = FuzzInput(bytes)
        let kind = input.choose(6)
        guard let text = input.text else { return }
        var files = CatalogFiles()
        files.departments = .init(path: "departments.yaml", text: departments)
        files.entries = [.init(path: "firm.yaml", text: firm)]
        files.lists = [.init(path: "status.csv", text: list)]
        files.manifests = [.init(path: "http-json/adapter.yaml", text: manifest)]
        switch kind {
        case 0: files.entries = [.init(path: "firm.yaml", text: text)]
        case 1: files.manifests = [.init(path: "http-json/adapter.yaml", text: text)]
        case 2: files.lists = [.init(path: "status.csv", text: text)]
        case 3: files.departments = .init(path: "departments.yaml", text: text)
        case 4: files.subjects = [.init(path: "entity.yaml", text: text)]
        default:
            try paths(text)
            return
        }
        let (_, diagnostics) = CatalogLoader().load(files)
        for diagnostic in diagnostics {
            try require(diagnostic.line >= 1 && diagnostic.column >= 1, "a mistake is nowhere")
        }
    }

    /// What an entry may write for a path, in each format.
    private static func paths(_ text: String) throws {
        for format in [SourceFormat.json, .xml, .csv] {
            guard let path = try? SourcePath(text, format: format) else { continue }
            try require(path.text == text, "a path is kept as \(path.text)")
            _ = path.document
            _ = path.choice
        }
    }

    private static let departments = """
        departments:
          market:
            title: 市场监管
            code: 114301120061234586
            systems:
              core:
                title: 登记系统
                base: https://10.1.2.3:8443/api
                credential: {kind: api-key, secret: core-system-key, in: header, name: X-Key}
        """

    private static let firm = """
        entry: firm
        title: 企业
        department: market
        source: {system: core, adapter: http-json, with: {path: /firms}}
        key: [uscc]
        fields:
          uscc: {title: 代码, from: TYSHXYDM, type: uscc}
          name: {title: 名称, from: QYMC}
        """

    private static let list = """
        # title: 经营状态; standard: none
        code,title,title_en,valid_from,valid_to,successor
        1,存续,,,,
        """

    private static let manifest = """
        adapter: http-json
        title: JSON
        summary: Reads.
        format: json
        parameters:
          path: {required: true, about: The resource's path.}
        requester: {path: "{{path}}"}
        """
}
