import Foundation
import Testing

/// Tables that statistical offices publish: divisions, population, observations.
@Suite struct TableInputTests {
    // MARK: - Divisions

    private static let divisions = "geo-modood-divisions/"

    private static func division(_ level: String, _ fields: [(name: String, text: String)]) -> SourceEntry {
        SourceEntry(
            name: level, adapter: "http-csv", with: "path: /\(level)", key: "code",
            fields: [("code", "from: code, type: division, required: true"), ("name", "from: name, required: true")]
                + fields)
    }

    /// Codes of 2, 4, 6 and 9 digits; those of provinces and prefectures are padded to the six of GB/T 2260.
    @Test(.enabled(if: Repository.hasRecording(divisions + "provinces.csv")))
    func divisionsKnowTheirParents() async throws {
        let province = ("province", "from: provinceCode, type: division, required: true")
        let city = ("city", "from: cityCode, type: division, required: true")
        let levels = [
            Self.division("provinces", []), Self.division("cities", [province]),
            Self.division("areas", [city, province]),
            Self.division("streets", [("area", "from: areaCode, type: division, required: true"), city, province]),
        ]
        try await LoopbackSource.serving { path, _ in
            let body = try Repository.recording(Self.divisions + path.dropFirst() + ".csv")
            return LoopbackSource.Answer(body, type: "text/csv")
        } _: { base, _ in
            let exchange = try ExchangeFolder(
                base: base, entries: Dictionary(uniqueKeysWithValues: levels.map { ($0.name, $0.text) }))
            let sync = try await exchange.run("sync", "--all")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let provinces = try await exchange.records(of: "provinces")
            let cities = try await exchange.records(of: "cities")
            let areas = try await exchange.records(of: "areas")
            let streets = try await exchange.records(of: "streets")
            let counts: [Int] = [provinces, cities, areas, streets].map(\.count)
            #expect(counts == [31, 342, 2_978, 41_352])
            #expect(provinces["430000"]?["name"] == "湖南省")
            #expect(cities["430100"] == ["code": "430100", "name": "长沙市", "province": "430000"])
            #expect(areas["430112"]?["name"] == "望城区")
            #expect(cities.values.allSatisfy { provinces[$0["province"] ?? ""] != nil })
            #expect(areas.values.allSatisfy { cities[$0["city"] ?? ""]?["province"] == $0["province"] })
            #expect(streets.values.allSatisfy { areas[$0["area"] ?? ""]?["city"] == $0["city"] })
        }
    }

    // MARK: - Population

    @Test(.enabled(if: Repository.hasRecording("population-worldbank/population.csv")))
    func populationByCountryAndYearAddsUp() async throws {
        let body = try Repository.recording("population-worldbank/population.csv")
        let entry = SourceEntry(
            name: "population", adapter: "http-csv", with: "path: /population.csv", key: "code, year",
            fields: [
                ("code", "from: Country Code, required: true"), ("year", "from: Year, type: integer, required: true"),
                ("name", "from: Country Name"), ("people", "from: Value, type: integer"),
            ])
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/csv")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["population": entry.text])
            let sync = try await exchange.run("sync", "population")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "population").values
            #expect(records.count == 17_195)
            #expect(records.reduce(0) { $0 + (Int($1["people"] ?? "") ?? 0) } == 3_752_600_645_022)
            func people(_ code: String, _ year: String) -> [String?] {
                let found = records.first { $0["code"] == code && $0["year"] == year }
                return [found?["name"], found?["people"]]
            }
            #expect(people("CHN", "2020") == ["China", "1411100000"])
            #expect(people("KOR", "1960") == ["Korea, Rep.", "25012374"])
            #expect(people("WLD", "2023") == ["World", "8064057930"])
        }
    }

    // MARK: - Observations

    private static let observations = SourceEntry(
        name: "observation", adapter: "http-csv", with: "path: /obs.csv", key: "code",
        fields: [
            ("code", "from: id, required: true"), ("station", "from: stn_id"),
            ("taken", "from: datetime, type: datetime"), ("value", "from: value, type: decimal"),
            ("place", "from: {x: long, y: lat}, type: point, crs: EPSG:4326"),
        ])

    @Test(
        .enabled(if: Repository.hasRecording("geo-pygeoapi/obs.csv")),
        arguments: [("obs", [String](), [String]()), ("obs_malformatted", ["297"], ["964"])])
    func observationsKeepWhatIsRight(file: String, placeless: [String], misplaced: [String]) async throws {
        let body = try Repository.recording("geo-pygeoapi/\(file).csv")
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: "text/csv")
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["observation": Self.observations.text])
            let sync = try await exchange.run("sync", "observation")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.canonical("observation")
            #expect(records.keys.sorted() == ["238", "297", "371", "377", "964"])
            let without = records.filter { $0.value.contains(#""place":null"#) }.keys.sorted()
            #expect(without == (placeless + misplaced).sorted())
            let first = try #require(records["371"])
            #expect(first.contains(#""coordinates":[-75,45]"#), "\(first)")
            #expect(first.contains(#""taken":"2001-10-30T22:24:55+08:00""#), "\(first)")
            let findings = try await exchange.run("status", "observation", "--findings")
            #expect(findings.output.contains("point.unreadable") == !misplaced.isEmpty, "\(findings.output)")
        }
    }
}
