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

    @Test("It covers the six areas and their systems")
    func contents() {
        #expect(
            catalogue.entries.keys.sorted() == [
                "address", "administrative-licence", "administrative-penalty", "division-boundary",
                "e-licence", "enterprise-registration", "real-estate-unit", "resident", "rural-collective",
            ])
        #expect(catalogue.subjects.keys.sorted() == ["credit", "legal-entity", "licence", "parcel", "person", "place"])
        #expect(catalogue.departments.count == 7)
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
        #expect(list.standard == "GB/T 3304-1991")
    }

    @Test(
        "Each area has entries that use code lists, and a subject that reads them",
        arguments: [
            "base/population", "base/legal-entity", "base/geospatial", "subject/credit", "subject/e-licence",
            "subject/natural-resources",
        ])
    func areas(category: String) {
        let entries = catalogue.entries.values.filter { $0.categories.contains(category) }
        #expect(!entries.isEmpty)
        let lists = Set(entries.flatMap(\.fields).compactMap(\.list))
        #expect(!lists.isEmpty && lists.allSatisfy { catalogue.lists[$0]?.codes.isEmpty == false })
        let read = Set(catalogue.subjects.values.flatMap(\.entries))
        #expect(entries.contains { read.contains($0.name) })
        #expect(entries.allSatisfy { $0.titleEnglish != nil && !$0.summary.isEmpty && $0.code != nil })
    }

    @Test("Every list says where it comes from, and every list is used")
    func provenanceOfLists() {
        let used = Set(catalogue.entries.values.flatMap(\.fields).compactMap(\.list))
        #expect(used == Set(catalogue.lists.keys))
        for list in catalogue.lists.values {
            #expect(list.source != nil, "\(list.name)")
            guard let standard = list.standard else { continue }
            #expect(standard.split(separator: ",").allSatisfy { $0.contains(/[0-9]-(19|20)[0-9]{2}$/) }, "\(list.name)")
        }
    }

    /// The numbers that the standards themselves tell: GB/T 4754-2017 has 20 sections and 97 divisions, GB/T 21010-2017
    /// 12 classes and 73 kinds of land use.
    @Test("Lists of standards are whole")
    func sizes() {
        func codes(_ name: String) -> [String] { catalogue.lists[name]?.codes.map(\.code) ?? [] }
        #expect(codes("industry-section").count == 20)
        #expect(codes("industry-division").compactMap { Int($0) } == Array(1...97))
        #expect(codes("land-use").filter { $0.count == 2 }.count == 12)
        #expect(codes("land-use").filter { $0.count == 4 }.count == 73)
        #expect(codes("land-use").allSatisfy { codes("land-use").contains(String($0.prefix(2))) })
        #expect(codes("education").count == 40)
    }

    @Test("What is on a parcel's register is masked, and so are its holders' numbers")
    func grades() throws {
        let unit = try #require(catalogue.entries["real-estate-unit"])
        let masked = unit.fields.filter(\.isMasked).map(\.name)
        #expect(masked == ["holder_citizen_id", "mortgaged", "seized"])
        #expect(catalogue.entries["e-licence"]?.fields.filter(\.isMasked).map(\.name) == ["holder_citizen_id"])
        for name in ["administrative-licence", "administrative-penalty"] {
            let masked = catalogue.entries[name]?.fields.filter(\.isMasked).map(\.name)
            #expect(masked == ["subject_id", "legal_rep_id"], "\(name)")
        }
    }

    /// The columns of the double publicity (双公示) of 2018, and of the layout before it.
    @Test(
        "Both generations of credit records are read whole",
        arguments: [("administrative-licence", "XK"), ("administrative-penalty", "CF")])
    func bothLayouts(entry: String, prefix: String) throws {
        let party = ["MC", "LB", "SHXYM", "GSZC", "ZZJG", "SWDJ", "SYDW", "SHZZ", "ZJLX", "ZJHM"].map { "XDR_" + $0 }
        let shared = ["FRDB", "FR_ZJLX", "FR_ZJHM", "WSH", "NR", "JDRQ"]
        let own =
            prefix == "XK"
            ? ["XKWS", "XKLB", "XKZS", "XKBH", "YXQZ", "YXQZI", "XKJG", "XKJGDM", "ZT", "LYDW", "LYDWDM"]
            : [
                "WFXW", "SY", "YJ", "CFLB", "NR_FK", "NR_WFFF", "NR_ZKDX", "YXQ", "GSJZQ", "CFJG", "CFJGDM", "SJLY",
                "SJLYDM",
            ]
        let former = ["XDR", "XDR_ZDM", "XDR_GSDJ", "XDR_SFZ", "FR", "JZQ", "XZJG", "ZT"]
        let formerOwn = prefix == "XK" ? ["XMMC", "SPLB"] : ["CFMC", "CFLB1", "CFLB2", "JG"]
        let columns = (party + shared + own + former + formerOwn).map { prefix + "_" + $0 } + ["BZ", "DFBM", "SJC"]
        let read = Set(try #require(catalogue.entries[entry]).readPaths)
        #expect(Set(columns).subtracting(read) == [])
    }
}
