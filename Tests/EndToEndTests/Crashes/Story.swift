import Foundation
import Synchronization

/// What happens to an exchange in its life, chapter by chapter: small, and with everything in it that can be interrupted.
enum Story {
    /// What an operator does in a chapter, or the schedule.
    enum Act: Sendable, Equatable {
        /// Reads an entry, which is held where it says so.
        case sync(String, isHeld: Bool = false)
        /// Normalises the quarantine of an entry again.
        case replay(String)
        /// Publishes the run that waits.
        case publish
    }

    struct Chapter: Sendable, CustomStringConvertible {
        /// What the command of the chapter ends with.
        var status: Int32 { if case .sync(_, isHeld: true) = act { 3 } else { 0 } }

        let description: String
        let act: Act
        /// What the departments have from now on.
        let edition: Int
        /// How the entry `item` is written from now on.
        var form = Form.first
    }

    /// How an entry is written: the second knows a code more, the third has a field more.
    enum Form: Int, Sendable {
        case first = 1, second, third
    }

    static let chapters = [
        Chapter(description: "a first load", act: .sync("item"), edition: 1),
        Chapter(description: "another entry for the same subject", act: .sync("other"), edition: 1),
        Chapter(description: "changes, additions and removals", act: .sync("item"), edition: 2),
        Chapter(description: "a delta", act: .sync("other"), edition: 2),
        Chapter(description: "bad records", act: .sync("item"), edition: 3),
        Chapter(description: "the quarantine again", act: .replay("item"), edition: 3, form: .second),
        Chapter(description: "a run that is held", act: .sync("item", isHeld: true), edition: 4, form: .second),
        Chapter(description: "a person publishes it", act: .publish, edition: 4, form: .second),
        Chapter(description: "an entry that changed", act: .sync("item"), edition: 5, form: .third),
        Chapter(description: "nothing new", act: .sync("item"), edition: 5, form: .third),
    ]

    static let entries = ["item", "other"]
    static let collections = ["item", "other", "thing"]

    static func item(_ form: Form) -> String {
        """
        entry: item
        title: 事项
        summary: 用于中断试验
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: http-json
          with: {path: /items, records: /rows, total_path: /total, paging: page, page_parameter: page, size_parameter: size, page_size: 20}
        schedule: {cron: "0 3 1 1 *"}
        delivers: snapshot
        guard: {removed: 10%, refused: 50%, changed: 100%}
        key: [code]
        fields:
          code: {title: 代码, required: true}
          name: {title: 名称, index: true}
          kind: {title: 类型, type: code, list: kinds, map: {甲: "1", 乙: "2"\(form == .first ? "" : #", 丙: "3""#)}, required: true}
          edition: {title: 版本, type: integer\(form == .third ? ", index: true" : "")}
          place: {title: 位置, from: {x: x, y: y}, type: point, crs: "EPSG:4490"}
        \(form == .third ? "  more: {title: 备注, from: name}" : "")
        """
    }

    static let other = """
        entry: other
        title: 附项
        summary: 用于中断试验
        department: office
        update: daily
        grade: 1
        share: {type: unconditional}
        open: true
        source:
          system: source
          adapter: http-json
          with: {path: /others, records: /rows, paging: page, page_parameter: page, size_parameter: size, page_size: 20, since_format: "yyyy-MM-dd HH:mm:ss"}
        schedule: {cron: "0 3 1 1 *"}
        delivers: delta
        since: {parameter: since, field: changed}
        removed: {field: gone, values: ["1"]}
        guard: {removed: 100%, refused: 100%, changed: 100%}
        key: [code]
        fields:
          code: {title: 代码, required: true}
          phone: {title: 电话}
          name: {title: 别名}
          changed: {title: 更新时间, type: datetime}
        """

    static let thing = """
        subject: thing
        kind: subject
        title: 物
        summary: 用于中断试验
        key: code
        fields:
          code: {from: item.code, fallback: [other.code]}
          name: {from: item.name, fallback: [other.name], index: true}
          edition: {from: item.edition}
          phone: {from: other.phone}
          others: {title: 附项数, count: other, by: code}
        """

    /// Writes an exchange that the story can begin in.
    ///
    /// - Parameter data: where its data is kept; nil for its own folder.
    static func folder(base: String, data: URL? = nil) throws -> ExchangeFolder {
        let folder = try ExchangeFolder(
            base: base, entries: ["item": item(.first), "other": other], settings: "http: {port: 0}\n")
        if let data {
            try FileManager.default.createSymbolicLink(
                at: folder.folder.appending(path: "huitong-data"), withDestinationURL: data)
        }
        try folder.write("Catalog/subjects/thing.yaml", thing)
        try folder.write(
            "Catalog/codelists/kinds.csv",
            "# title: 类型\n# source: 试验\ncode,title,title_en,valid_from,valid_to,successor\n"
                + "1,第一,,,,\n2,第二,,,,\n3,第三,,,,\n")
        return folder
    }
}

extension ExchangeFolder {
    /// Writes the entry as the chapter has it.
    ///
    /// - Returns: whether it was written otherwise before.
    func write(_ chapter: Story.Chapter) throws -> Bool {
        let file = "Catalog/entries/item.yaml"
        guard try read(file) != Story.item(chapter.form) else { return false }
        try write(file, Story.item(chapter.form))
        return true
    }

    /// The newest run that had published before the chapter.
    func mark(_ chapter: Story.Chapter) throws -> Int64? {
        guard case .sync(let entry, _) = chapter.act else { return nil }
        return try DeadStore(of: self).publishedRun(of: entry)
    }

    /// The command of a chapter; nil where it has been done.
    func arguments(of chapter: Story.Chapter, after before: Int64?) throws -> [String]? {
        switch chapter.act {
        case .sync(let entry, let isHeld):
            // Who syncs once more than the other has one delivery more, or a second run held in the place of the first.
            let copy = try DeadStore(of: self)
            let isDone = try isHeld ? copy.heldRun() != nil : copy.publishedRun(of: entry) != before
            return isDone ? nil : ["sync", entry]
        case .replay(let entry): return ["quarantine", "replay", "--entry", entry, "--reason", "mended"]
        case .publish:
            let copy = try DeadStore(of: self)
            return try copy.heldRun().map { ["run", "publish", String($0), "--reason", "looked at"] }
        }
    }
}

/// The departments' systems of the story: pages of twenty, by edition.
final class StorySource: Sendable {
    private let state = Mutex(1)

    var edition: Int {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func answer(_ path: String, _ query: [Substring: Substring]) -> LoopbackSource.Answer {
        let rows =
            path == "/items"
            ? items() : others(since: query["since"].map { String($0).replacing("+", with: " ") })
        let page = query["page"].flatMap { Int($0) } ?? 1
        let shown = rows.dropFirst((page - 1) * 20).prefix(20).joined(separator: ",")
        return LoopbackSource.Answer(#"{"total":\#(rows.count),"rows":[\#(shown)]}"#)
    }

    private func items() -> [String] {
        let edition = edition
        var rows = (0..<(edition == 1 ? 80 : 84)).compactMap { row -> String? in
            if edition > 1, row % 27 == 0 { return nil }
            if edition > 3, row % 4 == 1 { return nil }
            let version = edition == 2 && row % 9 == 1 ? 2 : edition > 3 && row % 5 == 0 ? edition : 1
            let kind = edition > 2 && row % 20 == 7 ? "丙" : row % 2 == 0 ? "甲" : "乙"
            let written = edition > 2 && row % 16 == 3 ? "第三" : String(version)
            let place = row % 3 == 0 ? "" : #","x":"112.8\#(row)","y":"28.3\#(row)""#
            return #"{"code":"\#(row)","name":"事项\#(row)","kind":"\#(kind)","edition":"\#(written)"\#(place)}"#
        }
        // One comes twice, on the last page as on the first.
        rows.append(#"{"code":"5","name":"又一次","kind":"甲","edition":"\#(edition)"}"#)
        return rows
    }

    private func others(since: String?) -> [String] {
        let edition = edition
        return (40..<(edition == 1 ? 85 : 90)).compactMap { row -> String? in
            let isChanged = edition > 1 && (row % 8 == 0 || row >= 85)
            let changed = "2026-01-0\(isChanged ? 2 : 1) 00:00:00"
            if let since, changed < since { return nil }
            let gone = edition > 1 && row % 16 == 0 ? 1 : 0
            return """
                {"code":"\(row)","phone":"0731-\(row)","name":"附项\(row / 2)","changed":"\(changed)","gone":"\(gone)"}
                """
        }
    }
}
