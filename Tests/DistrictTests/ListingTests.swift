import Foundation
import Testing

@testable import District

@Suite("What the departments hold") struct ListingTests {
    static let listings = DistrictListings(seed: 7, sizes: .init())
    static let named: [(String, Holdings)] = [
        ("residents", listings.residents), ("enterprises", listings.enterprises),
        ("collectives", listings.collectives), ("addresses", listings.addresses),
        ("penalties", listings.penalties), ("licences", listings.licences),
        ("certificates", listings.certificates), ("parcels", listings.parcels),
    ]

    @Test func theSameSeedGivesTheSameDistrict() {
        var again = DistrictListings(seed: 7, sizes: .init())
        #expect(again.residents.rows == Self.listings.residents.rows)
        #expect(again.licences.rows == Self.listings.licences.rows)
        #expect(again.certificates.rows == Self.listings.certificates.rows)
        #expect(again.parcels.rows == Self.listings.parcels.rows)
        again = DistrictListings(seed: 8, sizes: .init())
        #expect(again.residents.rows != Self.listings.residents.rows)
    }

    @Test func theSameTimePassesInTheSameWay() {
        var (one, two) = (Self.listings.enterprises, Self.listings.enterprises)
        one.advance(to: ChinaTime.founding)
        two.advance(to: ChinaTime.founding)
        #expect(one.rows == two.rows)
        #expect(one.rows != Self.listings.enterprises.rows)
    }

    @Test func oneListingsSizeDoesNotMoveAnother() {
        let smaller = DistrictListings(seed: 7, sizes: .init(residents: 10))
        #expect(smaller.addresses.rows == Self.listings.addresses.rows)
        #expect(smaller.residents.rows == Array(Self.listings.residents.rows.prefix(10)))
    }

    /// A few per cent are wrong, and few enough without a key that a run stays below the guard of one per cent.
    @Test(arguments: named.indices) func aFewPerCentAreWrong(index: Int) {
        let (name, holdings) = Self.named[index]
        let faulty = holdings.rows.filter { $0.fault != nil }
        let share = Double(faulty.count) / Double(holdings.rows.count)
        #expect((0.02...0.06).contains(share), "\(name): \(share)")
        let fatal = faulty.filter { $0.fault?.hasPrefix("missing") == true || $0.fault?.hasPrefix("wrong") == true }
        #expect(Double(fatal.count) / Double(holdings.rows.count) < 0.01, "\(name)")
        #expect(Set(faulty.map(\.fault)).count >= 5, "\(name)")
    }

    /// Records are wrong, documents are not.
    @Test(arguments: named.indices) func allRecordsCanBeSent(index: Int) throws {
        var holdings = Self.named[index].1
        for second in 1...50 { holdings.advance(to: ChinaTime.founding + second) }
        let json = try JSONSerialization.jsonObject(with: Data(JSONText.array(holdings.rows).utf8)) as? [Any]
        #expect(json?.count == holdings.rows.count)
        let xml = holdings.rows.map { XMLText.element("row", $0) }.joined()
        #expect(try GBK.bytes(xml).count < xml.utf8.count)
    }

    @Test func keysOfGoodRecordsAreTheirOwn() {
        for (holdings, key) in [
            (Self.listings.enterprises, "TYSHXYDM"), (Self.listings.collectives, "TYSHXYDM"),
            (Self.listings.addresses, "DZBM"), (Self.listings.penalties, "CF_WSH"), (Self.listings.licences, "XK_WSH"),
            (Self.listings.certificates, "IDENTIFIER"), (Self.listings.parcels, "BDCDYH"),
        ] {
            let keys = holdings.rows.filter { $0.fault == nil }.compactMap { $0[key] }
            #expect(Set(keys).count == keys.count, "\(key)")
        }
    }

    @Test func goodIdentifiersHaveTheirCheckDigits() {
        for row in Self.listings.residents.rows where row.fault == nil {
            let id = row["GMSFHM"] ?? ""
            #expect(String(Unicode.Scalar(CheckDigit.citizen(id.utf8.prefix(17)))) == id.suffix(1))
        }
        for row in Self.listings.enterprises.rows + Self.listings.collectives.rows where row.fault == nil {
            let code = row["TYSHXYDM"] ?? ""
            #expect(code.count == 18)
            #expect(String(Unicode.Scalar(CheckDigit.credit(code.utf8.prefix(17)))) == code.suffix(1))
        }
    }

    /// Against identifiers computed elsewhere, the last two printed in the standards, so that we are not our own judge.
    @Test func checkDigitsAreThoseOfTheStandards() {
        #expect(CheckDigit.credit("91430112MA4L00003".utf8) == UInt8(ascii: "5"))
        #expect(CheckDigit.credit("N2430112MF0000013".utf8) == UInt8(ascii: "K"))
        #expect(CheckDigit.credit("11430112006123458".utf8) == UInt8(ascii: "6"))
        #expect(CheckDigit.organisation("60003734".utf8) == UInt8(ascii: "1"))
        #expect(CheckDigit.citizen("11010519491231002".utf8) == UInt8(ascii: "X"))
        #expect(
            CheckDigit.certificate("11100000000013338W01111430000006122244L20230000403002".utf8) == UInt8(ascii: "S"))
    }

    @Test func certificatesNameTypeIssuerAndHolder() {
        let firms = Set((Self.listings.enterprises.rows + Self.listings.collectives.rows).map { $0["TYSHXYDM"] })
        let residents = Set(Self.listings.residents.rows.map { $0["GMSFHM"] })
        let rows = Self.listings.certificates.rows.filter { $0.fault == nil }
        for row in rows {
            let parts = (row["IDENTIFIER"] ?? "").split(separator: ".")
            #expect(parts.count == 10 && parts.prefix(5).joined(separator: ".") == "1.2.156.3005.2")
            #expect(String(parts[5]) == row["TYPE"] && parts[5].count == 21 && String(parts[6]) == row["ISSUER_CODE"])
            #expect(parts[8].count == 3)
            #expect(String(Unicode.Scalar(CheckDigit.certificate(parts[5...8].joined().utf8))) == parts[9])
            let isPersonal = row["HOLDER_CODE_TYPE"] == "111"
            #expect(
                isPersonal ? residents.contains(row["HOLDER_CITIZEN_ID"]) : firms.contains(row["HOLDER_CREDIT_CODE"]))
            #expect((row["REASON"] == nil) == (row["STATUS"] == "1"))
        }
        #expect(Double(rows.filter { $0["HOLDER_CODE_TYPE"] == "111" }.count) > 0.3 * Double(rows.count))
    }

    @Test func realEstateUnitsBeginWithTheirParcel() {
        for row in Self.listings.parcels.rows where row.fault == nil {
            let (unit, parcel) = (row["BDCDYH"] ?? "", row["ZDDM"] ?? "")
            #expect(
                unit.count == 28 && parcel.count == 19 && unit.hasPrefix(parcel) && parcel.hasPrefix(Words.district))
            let isBuilt = ["4", "6", "8"].contains(row["QLLX"])
            #expect(unit.contains(/^[0-9]{12}[GJ][BC][0-9]{5}[FW][0-9]{8}$/))
            #expect(isBuilt == (unit.dropFirst(19).first == "F"))
            #expect((row["QLRXYDM"] == nil) != (row["QLRSFZH"] == nil))
            #expect(row["WKT"]?.hasPrefix("POLYGON ((383") == true)
        }
    }

    @Test func departmentsKnowTheSameSubjectsBySometimesOtherNames() {
        let firms = Self.listings.enterprises.rows
        let groups = Dictionary(
            Self.listings.collectives.rows.map { ($0["TYSHXYDM"] ?? "", $0["MC"] ?? "") }, uniquingKeysWith: { $1 })
        let shared = firms.filter { groups[$0["TYSHXYDM"] ?? ""] != nil }
        #expect(shared.count >= 6)
        #expect(shared.allSatisfy { groups[$0["TYSHXYDM"] ?? ""] != $0["QYMC"] })
        let codes = Set(firms.compactMap { $0["TYSHXYDM"] }).union(groups.keys)
        let hits = Self.listings.penalties.rows.filter { codes.contains($0["CF_XDR_SHXYM"] ?? "") }
        #expect(Double(hits.count) > 0.95 * Double(Self.listings.penalties.rows.count))
    }

    @Test(arguments: [("XK", "XK_XKLB", "XK_SPLB"), ("CF", "CF_CFLB", "CF_CFLB1")])
    func someCreditRecordsComeInTheFormerLayout(prefix: String, new: String, former: String) {
        let rows = (prefix == "XK" ? Self.listings.licences : Self.listings.penalties).rows.filter { $0.fault == nil }
        let old = rows.filter { $0[former] != nil }
        #expect((0.04...0.12).contains(Double(old.count) / Double(rows.count)))
        #expect(rows.allSatisfy { ($0[former] == nil) != ($0[new] == nil) })
        for row in old {
            let (credit, organisation) = (row[prefix + "_XDR_SHXYM"] ?? "", row[prefix + "_XDR_ZDM"] ?? "")
            #expect(credit.isEmpty || Identifiers.organisation(in: credit) == organisation)
            #expect(
                String(Unicode.Scalar(CheckDigit.organisation(organisation.utf8.prefix(8)))) == organisation.suffix(1))
            #expect(row[prefix + "_JDRQ"]?.contains("/") == true && row[prefix + "_XDR_MC"] == nil)
        }
        #expect(old.contains { $0[prefix + "_XDR_SHXYM"] == "" })
    }

    @Test func timesAreReadAsClientsWriteThem() {
        for text in [
            "2026-01-01T01:00:00+08:00", "2026-01-01T01:00:00 08:00", "2025-12-31T17:00:00Z", "20260101010000",
            "2026-01-01 01:00:00", "2025-12-31T17:00:00.123Z",
        ] {
            #expect(ChinaTime.seconds(text) == ChinaTime.founding + 3600, "\(text)")
        }
        #expect(ChinaTime.seconds("yesterday") == nil)
        #expect(ChinaTime.text(ChinaTime.founding) == "2026-01-01 00:00:00")
        #expect(ChinaTime.text(951_753_600) == "2000-02-29 00:00:00")
    }
}
