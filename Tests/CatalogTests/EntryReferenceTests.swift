import Model
import Testing

@testable import Catalog

@Suite("Mistakes in what an entry refers to")
struct EntryReferenceTests {
    @Test("unknown-key: an entry lacks 'title'")
    func unknownKey() {
        let mistakes = SmallCatalogue.mistakes("title: 企业", "tilte: 企业")
        #expect(
            mistakes == [
                """
                firm.yaml:1:1: an entry lacks `title`. Write `title: 企业登记基本信息`. [missing-key]
                """,
                """
                firm.yaml:3:1: an entry has no key `tilte`. Did you mean `title`? Known: entry, code, title, \
                title_en, summary, department, categories, update, grade, share, open, source, schedule, delivers, \
                since, removed, reconcile, guard, key, fields. [unknown-key]
                """,
            ])
    }

    @Test("unknown-adapter: there is no adapter 'http-jsn'")
    func unknownAdapter() {
        let mistakes = SmallCatalogue.mistakes("adapter: http-json\n  with", "adapter: http-jsn\n  with")
        #expect(
            mistakes == [
                """
                firm.yaml:10:12: there is no adapter `http-jsn`. Did you mean `http-json`? Known: http-json, \
                http-xml. [unknown-adapter]
                """
            ])
    }

    @Test("unknown-system: there is no system 'cora'")
    func unknownSystem() {
        let mistakes = SmallCatalogue.mistakes("system: core", "system: cora")
        #expect(
            mistakes == [
                """
                firm.yaml:9:11: there is no system `cora`. Did you mean `core`? Known: core, land. [unknown-system]
                """
            ])
    }

    @Test("unknown-department: there is no department 'markt'")
    func unknownDepartment() {
        let mistakes = SmallCatalogue.mistakes("department: market\nupdate", "department: markt\nupdate")
        #expect(
            mistakes == [
                """
                firm.yaml:4:13: there is no department `markt`. Did you mean `market`? Known: market. \
                [unknown-department]
                """
            ])
    }

    @Test("missing-parameter: adapter http-json needs the parameter 'path'")
    func missingParameter() {
        let mistakes = SmallCatalogue.mistakes("path: /firms, ", "")
        #expect(
            mistakes == [
                """
                firm.yaml:11:9: adapter http-json needs the parameter `path`. Add it under `with`: The resource's \
                path. [missing-parameter]
                """
            ])
    }

    @Test("unknown-parameter: adapter http-json has no parameter 'pagesize'")
    func unknownParameter() {
        let mistakes = SmallCatalogue.mistakes("page_size: 1000", "pagesize: 1000")
        #expect(
            mistakes == [
                """
                firm.yaml:11:45: adapter http-json has no parameter `pagesize`. Did you mean `page_size`? Known: \
                path, records, page_size, paging, headers. [unknown-parameter]
                """
            ])
    }

    @Test("wrong-parameter: parameter 'page_size' of http-json is a whole number, and this is none")
    func wrongParameter() {
        let mistakes = SmallCatalogue.mistakes("page_size: 1000", "page_size: many")
        #expect(
            mistakes == [
                """
                firm.yaml:11:56: parameter `page_size` of http-json is a whole number, and this is none. Write \
                digits, for example `page_size: 1000`. Records a page. [wrong-parameter]
                """
            ])
    }

    @Test("wrong-parameter: parameter 'paging' of http-json cannot be 'pages'")
    func wrongParameterChoice() {
        let mistakes = SmallCatalogue.mistakes("paging: page", "paging: pages")
        #expect(
            mistakes == [
                """
                firm.yaml:11:70: parameter `paging` of http-json cannot be `pages`. Did you mean `page`? Known: \
                none, page. [wrong-parameter]
                """
            ])
    }

    @Test("key-is-field: the key 'nme' is not a field")
    func keyIsField() {
        let mistakes = SmallCatalogue.mistakes("key: [uscc]", "key: [uscc, nme]")
        #expect(
            mistakes == [
                """
                entity.yaml:5:16: entry firm has a key of 2 fields. A subject joins records by their key: read it \
                from an entry with a key of one field. [unjoinable-source]
                """,
                """
                firm.yaml:16:13: the key `nme` is not a field. Did you mean `name`? Known: uscc, name, status, \
                capital, place, updated_at. [key-is-field]
                """,
            ])
    }

    @Test("unknown-list: there is no code list 'statuses'")
    func unknownList() {
        let mistakes = SmallCatalogue.mistakes("list: status", "list: statuses")
        #expect(
            mistakes == [
                """
                firm.yaml:20:41: there is no code list `statuses`. Did you mean `status`? Known: status. \
                [unknown-list]
                """
            ])
    }

    @Test("unknown-list: codes of 'status' have no list")
    func codesWithoutList() {
        let mistakes = SmallCatalogue.mistakes("type: code, list: status", "type: code")
        #expect(
            mistakes == [
                """
                firm.yaml:20:29: codes of `status` have no list. Write `list: …`. Did you mean `status`? Known: \
                status. [unknown-list]
                """
            ])
    }

    @Test("unknown-code: code list status has no code '7'")
    func unknownCode() {
        let mistakes = SmallCatalogue.mistakes(#"在业: "1""#, #"在业: "7""#)
        #expect(
            mistakes == [
                """
                firm.yaml:20:59: code list status has no code `7`. Did you mean `1`? Known: 1, 2. [unknown-code]
                """
            ])
    }

    @Test("duplicate-name: entry 'firm' is there already, in firm.yaml")
    func duplicateName() {
        let mistakes = SmallCatalogue.mistakes("entry: penalty", "entry: firm")
        #expect(
            mistakes == [
                """
                entity.yaml:6:34: there is no entry `penalty`. Known: firm. [unknown-source]
                """,
                """
                penalty.yaml:1:8: entry `firm` is there already, in firm.yaml. Give one of them another name, or \
                remove it. [duplicate-name]
                """,
            ])
    }

    @Test("bad-path: 'data.rows[' is no JSON path that can be read")
    func badPath() {
        let mistakes = SmallCatalogue.mistakes("records: /data/rows", #"records: "data.rows[""#)
        #expect(
            mistakes == [
                """
                firm.yaml:11:44: `data.rows[` is no JSON path that can be read. In brackets stands an index counted \
                from 0, or a name in quotes. [bad-path]
                """
            ])
    }

    @Test("several places for one value, of which each is checked")
    func alternatives() throws {
        var small = SmallCatalogue()
        small.replace("from: CF_WSH", with: "from: [CF_WSH, XK_WSH]")
        let (catalogue, mistakes) = CatalogLoader().load(small.files)
        #expect(mistakes.isEmpty)
        let fields = catalogue.entries.values.flatMap(\.fields)
        #expect(fields.contains { $0.source == .alternatives(["CF_WSH", "XK_WSH"]) })
        let wrong = SmallCatalogue.mistakes("from: CF_WSH", "from: [CF_WSH, //X, CF_WSH]")
        #expect(wrong.count == 2 && wrong[0].contains("`//X` is no XPath") && wrong[1].contains("`CF_WSH` twice"))
        #expect(SmallCatalogue.mistakes("from: CF_WSH", "from: []").count == 1)
    }

    @Test("bad-path: '//CF_WSH' is no XPath that can be read")
    func badXMLPath() {
        let mistakes = SmallCatalogue.mistakes("from: CF_WSH", #"from: "//CF_WSH""#)
        #expect(
            mistakes == [
                """
                penalty.yaml:7:31: `//CF_WSH` is no XPath that can be read. `//` is not followed: name every step \
                from the start on. [bad-path]
                """
            ])
    }

    @Test("written-secret: the value of 'Authorization' looks like a secret")
    func writtenSecret() {
        let mistakes = SmallCatalogue.mistakes(
            "page_size: 1000", "page_size: 1000, headers: {Authorization: Bearer abc}")
        #expect(
            mistakes == [
                """
                firm.yaml:11:87: the value of `Authorization` looks like a secret. Write the name of a secret, for \
                example `police-population-token`, under the system's `credential` in departments.yaml, keep its \
                value in the settings, and change the secret that stood here. [written-secret]
                """
            ])
    }

    @Test("written-secret: the value of 'path' looks like a secret")
    func writtenSecretInPath() {
        let mistakes = SmallCatalogue.mistakes("path: /firms", #"path: "/firms?token=abc""#)
        #expect(
            mistakes == [
                """
                firm.yaml:11:16: the value of `path` looks like a secret. Write the name of a secret, for example \
                `police-population-token`, under the system's `credential` in departments.yaml, keep its value in \
                the settings, and change the secret that stood here. [written-secret]
                """
            ])
    }

    @Test("delta-without-time: 'updated_at' is no time by which changes can be followed")
    func deltaWithoutTime() {
        let mistakes = SmallCatalogue.mistakes("type: datetime", "type: text")
        #expect(
            mistakes == [
                """
                firm.yaml:14:34: `updated_at` is no time by which changes can be followed. Add a field of type \
                datetime or date that says when a record was changed, or of type integer that counts changes. [delta-without-time]
                """
            ])
    }

    @Test("delta-without-time: there is no field 'changed'")
    func deltaOfUnknownField() {
        let mistakes = SmallCatalogue.mistakes("field: GXSJ", "field: changed")
        #expect(
            mistakes == [
                """
                firm.yaml:14:34: there is no field `changed`. Known: updated_at. [delta-without-time]
                """
            ])
    }

    @Test("duplicate-key: 'title' is written twice")
    func duplicateKey() {
        let mistakes = SmallCatalogue.mistakes("title: 处罚\n", "title: 处罚\ntitle: x\n")
        #expect(
            mistakes == [
                """
                penalty.yaml:3:1: `title` is written twice. Keep one of them: the first stands in line 2. \
                [duplicate-key]
                """
            ])
    }

    @Test("unknown-key: only a delta has 'since'")
    func snapshotWithSince() {
        let mistakes = SmallCatalogue.mistakes("delivers: delta", "delivers: snapshot")
        #expect(
            mistakes == [
                """
                firm.yaml:14:1: only a delta has `since`. Write `delivers: delta`, or remove `since`. [unknown-key]
                """
            ])
    }
}
