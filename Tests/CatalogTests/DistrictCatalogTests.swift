import Foundation
import Model
import Testing

@testable import Catalog

@Suite("The district's own catalogue")
struct DistrictCatalogTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    let catalogue: Catalogue
    let diagnostics: [Diagnostic]

    init() {
        (catalogue, diagnostics) = CatalogLoader().load(
            catalog: Self.root.appendingPathComponent("Catalog"), adapters: Self.root.appendingPathComponent("Adapters")
        )
    }

    @Test("It has no mistakes")
    func noMistakes() {
        #expect(diagnostics.map(\.description) == [])
    }

    @Test("It covers the four areas and their systems")
    func contents() {
        #expect(
            catalogue.entries.keys.sorted() == [
                "address", "administrative-licence", "administrative-penalty", "division-boundary",
                "enterprise-registration", "resident", "rural-collective",
            ])
        #expect(catalogue.subjects.keys.sorted() == ["legal-entity", "person", "place"])
        #expect(catalogue.departments.count == 6)
        #expect(catalogue.system(named: "land")?.base == "http://127.0.0.1:18104")
        #expect(catalogue.sources["address"]?.hasPrefix("entry: address\n") == true)
    }

    @Test("The delta follows the field that the source's name means")
    func delta() {
        let delta = Entry.Delta(
            parameter: "updated_since", field: "updated_at", lookBack: 3600,
            removed: .init(path: "SCBZ", values: ["1"]),
            reconcile: CronExpression(text: "0 3 * * sun"))
        #expect(catalogue.entries["rural-collective"]?.delivery == .delta(delta))
    }

    @Test("The market register signs its requests")
    func signing() {
        let signing = Credential.Signing(appKey: "wangcheng-exchange", secret: "market-core-secret")
        #expect(catalogue.system(named: "market-core")?.credential == .signed(signing))
    }

    @Test("A subject's field is titled as its authority is")
    func subjectTitles() throws {
        let subject = try #require(catalogue.subjects["legal-entity"])
        let capital = try #require(subject.fields.first { $0.name == "capital" })
        #expect(capital.title == "注册资本")
        let collection = try Collection(subject, entries: catalogue.entries)
        #expect(collection.fields.first { $0.name == "capital" }?.type == .decimal)
        #expect(collection.fields.first { $0.name == "phone" }?.isMasked == true)
    }

    @Test("The county of before 2011 leads to the district")
    func formerDivision() throws {
        let divisions = try #require(catalogue.lists["divisions"])
        #expect(divisions.codes.allSatisfy { $0.code.count == 12 })
        let county = try #require(divisions.codes.first { $0.code == "430122000000" })
        #expect(county.successor == "430112000000")
        #expect(county.validTo == "2011-05-23")
    }

    @Test("All ethnic groups of GB/T 3304 are there")
    func ethnicity() throws {
        let list = try #require(catalogue.lists["ethnicity"])
        #expect(list.codes.count == 58)
        #expect(list.standard == "GB/T 3304")
    }
}
