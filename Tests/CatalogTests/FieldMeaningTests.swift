import Testing

@testable import Catalog

@Suite("Mistakes in what a field says of its values")
struct FieldMeaningTests {
    private static let name = "from: QYMC, required: true"

    @Test("unknown-unit: there is no unit '万圆'")
    func unknownUnit() {
        let mistakes = SmallCatalogue.mistakes("from: 万元", "from: 万圆")
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("firm.yaml:21:52: there is no unit `万圆`. ") == true)
        #expect(mistakes.first?.contains("万元") == true)
        #expect(mistakes.first?.hasSuffix(" [unknown-unit]") == true)
    }

    @Test("unknown-unit: 万元 is no measure of what 亩 measures")
    func unitsOfTwoQuantities() {
        #expect(
            SmallCatalogue.mistakes("to: 元", "to: 亩") == [
                """
                firm.yaml:21:45: 万元 is no measure of what 亩 measures. Write two units of one quantity, for example \
                `{from: 万元, to: 元}`. [unknown-unit]
                """
            ])
    }

    @Test(
        "unreadable-value: what map leads to is of the field's type",
        arguments: [
            "type: boolean, map: {甲: 或许}", "type: decimal, map: {无: 零}", "type: date, map: {长期: 永远}",
            "type: date, format: MM/dd/yyyy, map: {长期: 9999-12-31}", "type: integer, map: {一半: '0.5'}",
            "type: uscc, map: {本局: '11430112006123458'}", "type: phone, map: {总机: 内线}",
            "type: certificate-type, map: {营业执照: '001'}",
        ])
    func mapped(_ field: String) {
        let mistakes = SmallCatalogue.mistakes(Self.name, "from: QYMC, " + field)
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(mistakes.first?.hasSuffix("[unreadable-value]") == true, "\(mistakes)")
    }

    @Test(
        "what map leads to may be nothing, of full width, or as the format says",
        arguments: [
            "type: boolean, map: {甲: 是, 乙: '', 丙: Ｎ}", "type: decimal, map: {无: '0', 一千: '１，０００'}",
            "type: date, map: {永: 长期}", "type: date, format: MM/dd/yyyy, map: {长期: 12/31/9999}",
            "type: uscc, map: {本局: '114301120061234586'}", "type: citizen-id, list: status",
            "type: certificate-type, map: {营业执照: 11100000mb0143028r001}",
        ])
    func rightlyMapped(_ field: String) {
        #expect(SmallCatalogue.mistakes(Self.name, "from: QYMC, " + field) == [])
    }

    @Test("unreadable-value: '昨天' is no date")
    func constants() {
        #expect(
            SmallCatalogue.mistakes(Self.name, "value: 昨天, type: date") == [
                """
                firm.yaml:19:28: `昨天` is no date. Write a value as the source might send it, for example \
                `2021-05-20`. [unreadable-value]
                """
            ])
        #expect(SmallCatalogue.mistakes(Self.name, "value: 2021-05-20, type: date") == [])
    }

    @Test("unknown-code: a constant is a code of its list, too")
    func constantCodes() {
        let mistakes = SmallCatalogue.mistakes(Self.name, "value: '77', type: code, list: status")
        #expect(mistakes.count == 1 && mistakes[0].hasPrefix("firm.yaml:19:28: code list status has no code `77`."))
        #expect(SmallCatalogue.mistakes(Self.name, "value: '1', type: code, list: status") == [])
    }

    @Test(
        "unused-setting: what says nothing of the field is told",
        arguments: [
            (
                "type: uscc, list: status",
                "`list` says nothing of `name`, whose type is uscc. Write `type: code` (or `division`"
            ),
            ("crs: EPSG:4490", "`crs` says nothing of `name`, whose type is text. Write `type: point` (or `geometry`)"),
        ])
    func unused(_ sample: (field: String, message: String)) {
        let mistakes = SmallCatalogue.mistakes(Self.name, "from: QYMC, " + sample.field)
        #expect(mistakes.count == 1, "\(mistakes)")
        #expect(
            mistakes.first?.contains(sample.message) == true && mistakes.first?.hasSuffix("[unused-setting]") == true)
    }

    @Test("two columns are a point's, and a geometry may name its reference system itself")
    func places() {
        let mistakes = SmallCatalogue.mistakes("type: point, crs: EPSG:4547", "type: text")
        #expect(mistakes.count == 1 && mistakes[0].contains("`from` says nothing of `place`"), "\(mistakes)")
        #expect(
            SmallCatalogue.mistakes("from: {x: X, y: Y}, type: point, crs: EPSG:4547", "from: WKT, type: geometry")
                == [])
    }
}
