import Testing

@testable import Catalog

@Suite("Mistakes of a subject")
struct SubjectRuleTests {
    @Test("count-not-indexed: 'party' of penalty is not indexed")
    func countNotIndexed() {
        let mistakes = SmallCatalogue.mistakes("type: uscc, index: true", "type: uscc")
        #expect(
            mistakes == [
                """
                entity.yaml:6:47: `party` of penalty is not indexed. Write `index: true` at that field of the \
                entry: it is looked up for each thing of the subject. [count-not-indexed]
                """
            ])
    }

    @Test("unjoinable-source: records cannot be counted by a key graded 3 or higher")
    func countBySecretKey() {
        let mistakes = SmallCatalogue.mistakes("from: TYSHXYDM, type: uscc", "from: TYSHXYDM, type: uscc, grade: 3")
        #expect(
            mistakes == [
                """
                entity.yaml:6:3: records cannot be counted by a key graded 3 or higher. Leave the count out, or join \
                by a key that may be seen. [unjoinable-source]
                """
            ])
    }

    @Test("unknown-source: entry penalty has no field 'parti'")
    func unknownSource() {
        let mistakes = SmallCatalogue.mistakes("by: party", "by: parti")
        #expect(
            mistakes == [
                """
                entity.yaml:6:47: entry penalty has no field `parti`. Did you mean `party`? Known: number, party, \
                until. [unknown-source]
                """
            ])
    }

    @Test("unknown-source: there is no entry 'penaltys'")
    func unknownSourceEntry() {
        let mistakes = SmallCatalogue.mistakes("count: penalty", "count: penaltys")
        #expect(
            mistakes == [
                """
                entity.yaml:6:34: there is no entry `penaltys`. Did you mean `penalty`? Known: firm, penalty. \
                [unknown-source]
                """
            ])
    }

    @Test("unknown-source: entry firm has no field 'nam'")
    func unknownSourceField() {
        let mistakes = SmallCatalogue.mistakes("from: firm.name", "from: firm.nam")
        #expect(
            mistakes == [
                """
                entity.yaml:5:16: entry firm has no field `nam`. Did you mean `name`? Known: uscc, name, status, \
                capital, place, updated_at. [unknown-source]
                """
            ])
    }

    @Test("bad-source: 'firm' names no field of an entry")
    func badSource() {
        let mistakes = SmallCatalogue.mistakes("from: firm.name", "from: firm")
        #expect(
            mistakes == [
                """
                entity.yaml:5:16: `firm` names no field of an entry. Write entry, dot and field, for example \
                `enterprise-registration.name`. [bad-source]
                """
            ])
    }

    @Test("bad-condition: 'now' is no value: a text stands in single quotes")
    func badCondition() {
        let mistakes = SmallCatalogue.mistakes("until >= today", "until >= now")
        #expect(
            mistakes == [
                """
                entity.yaml:6:61: `now` is no value: a text stands in single quotes. Write comparisons joined by \
                AND, for example `public_until >= today AND status = '1'`. [bad-condition]
                """
            ])
    }

    @Test("bad-condition: entry penalty has no field 'untill'")
    func conditionOfUnknownField() {
        let mistakes = SmallCatalogue.mistakes("until >= today", "untill >= today")
        #expect(
            mistakes == [
                """
                entity.yaml:6:61: entry penalty has no field `untill`. Did you mean `until`? Known: number, party, \
                until. [bad-condition]
                """
            ])
    }

}
