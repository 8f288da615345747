/// The files of a new exchange.
enum Starter {
    struct File: Sendable {
        let path: String
        let text: String
    }

    /// - Parameter folder: where they will stand, absolute.
    static func files(in folder: String) -> [File] {
        [
            File(path: "huitong.yaml", text: settings),
            File(path: "Catalog/departments.yaml", text: departments(folder)),
            File(path: "Catalog/entries/geospatial/street.yaml", text: entry),
            File(path: "sources/streets.json", text: streets),
        ]
    }

    private static let settings = """
        # What each setting is for: docs/settings.md. Paths start at this file's folder.
        data: huitong-data
        catalog: Catalog
        register: true            # the folder is registered at start and on change
        http:
          host: 127.0.0.1
          port: 8080
        outbound:
          allow_loopback: true    # sources on this machine, for trying things out
          allow_private: false    # sources in private networks
          file_root: sources      # the one folder that sources may be files of
        secrets: secrets          # one file a secret, named for it

        """

    private static func departments(_ folder: String) -> String {
        """
        # Who offers data, and the systems it is read from.
        departments:
          natural-resources:
            title: 自然资源和规划局
            title_en: Natural Resources and Planning
            systems:
              land:
                title: 地名地址系统
                base: file://\(folder)/sources    # a system of yours: https://host, and a credential

        """
    }

    private static let entry = """
        # One dataset. huitong check says what is wrong with this file, huitong preview street shows what it reads.
        entry: street
        title: 街道
        title_en: Streets
        summary: 示例:区内街道
        department: natural-resources
        categories: [base/geospatial]
        update: daily
        grade: 1
        share: {type: unconditional}

        source:
          system: land
          adapter: http-json
          with: {path: streets.json, records: /streets}
        schedule: {cron: "15 2 * * *", jitter: 5m, catch_up: 12h}
        delivers: snapshot

        key: [code]
        fields:
          code:      {title: 代码, title_en: Code, from: DM, type: text}
          name:      {title: 名称, title_en: Name, from: MC, type: text, required: true, index: true}
          length:    {title: 长度, title_en: Length in metres, from: CD, type: decimal, unit: {from: 千米, to: 米}}
          opened:    {title: 通车日期, title_en: Opened on, from: TCRQ, type: date}
          surveyor:  {title: 测量员, title_en: Surveyor, from: CLY, type: text, grade: 3}

        """

    private static let streets = """
        {"streets": [
          {"DM": "430112001", "MC": "雷锋大道", "CD": "12.4", "TCRQ": "1998-10-01", "CLY": "王建国"},
          {"DM": "430112002", "MC": "望府路", "CD": "3.75", "TCRQ": "20050601", "CLY": "李秀英"},
          {"DM": "430112003", "MC": "郭亮路", "CD": "4.1", "TCRQ": "2009年5月20日", "CLY": "张伟"},
          {"DM": "430112004", "MC": "高塘岭大道", "CD": "5.2", "TCRQ": "2013/03/12", "CLY": "王建国"},
          {"DM": "430112005", "MC": "旺旺路", "CD": "2.9", "TCRQ": "31 February", "CLY": "刘洋"}
        ]}

        """
}
