import Foundation
import HTTPTypes
import Testing

/// Public interfaces that nothing here was made for, registered by an entry alone: the server answers as their documentation
/// says, with records of the test's own.
@Suite struct ForeignSourceTests {
    /// 高德地图 Web 服务, "搜索 POI" (`/v3/place/text`): an application's key in the query, `status` "0" or "1" inside a 200, the
    /// total as a text, `[]` for what is absent.
    @Test func placesOfAMap() async throws {
        let entry = """
            entry: parking
            title: 停车场
            department: office
            update: weekly
            grade: 1
            share: {type: unconditional}
            open: true
            source:
              system: source
              adapter: http-json
              with:
                path: /v3/place/text
                query: {types: "150900", city: "430104", citylimit: "true", extensions: all}
                records: pois
                success_path: status
                success_values: ["1"]
                message_path: info
                total_path: count
                paging: page
                size_parameter: offset
                page_size: 25
            delivers: snapshot
            key: [id]
            fields:
              id: {title: 编号}
              name: {title: 名称, required: true}
              place: {title: 高德坐标, from: location}
              division: {title: 区划, from: adcode}
              phone: {title: 电话, from: tel, absent: ["[]"]}
              rating: {title: 评分, from: biz_ext.rating, type: decimal, absent: ["[]"]}
              updated: {title: 更新时间, from: timestamp, type: datetime}
            """
        try await LoopbackSource.serving { path, query in
            guard path == "/v3/place/text", query["key"] == "map-k3y" else {
                return LoopbackSource.Answer(#"{"status":"0","info":"INVALID_USER_KEY","infocode":"10001"}"#)
            }
            guard query["types"] == "150900", query["city"] == "430104", query["citylimit"] == "true",
                let page = query["page"].flatMap({ Int($0) }), let size = query["offset"].flatMap({ Int($0) }),
                size <= 25
            else { return LoopbackSource.Answer(#"{"status":"0","info":"INVALID_PARAMS","infocode":"20000"}"#) }
            let numbers = (1...60).dropFirst((page - 1) * size).prefix(size)
            let places = numbers.map { number in
                """
                {"id":"B\(number)","parent":[],"name":"停车场\(number)","type":"交通设施服务;停车场;公共停车场","typecode":"150900",\
                "location":"112.9\(number),28.2","tel":\(number == 2 ? #""0731-88880000""# : "[]"),"adcode":"430104",\
                "timestamp":"2026-03-01 08:00:00","biz_ext":{"rating":\(number == 3 ? #""4.5""# : "[]"),"cost":[]},"photos":[]}
                """
            }
            return LoopbackSource.Answer(
                """
                {"status":"1","info":"OK","infocode":"10000","count":"60","suggestion":{"keywords":[],"cities":[]},\
                "pois":[\(places.joined(separator: ","))]}
                """)
        } _: { base, source in
            let exchange = try ExchangeFolder(
                base: base, entries: ["parking": entry],
                system: "credential: {kind: api-key, in: query, name: key, secret: map-key}")
            try exchange.write("secrets/map-key", "wrong\n")
            let refused = try await exchange.run("sync", "parking")
            #expect(refused.status == 1 && refused.complaints.contains("source.said-no"), "\(refused.complaints)")
            #expect(refused.complaints.contains("INVALID_USER_KEY"))

            try exchange.write("secrets/map-key", "map-k3y\n")
            #expect(try await exchange.published("parking")["added"] == 60)
            #expect(source.count == 4)
            let records = try await exchange.records(of: "parking")
            #expect(records["B2"]?["phone"] == "0731-88880000" && records["B3"]?["rating"] == "4.5", "\(records)")
            #expect(records["B60"]?["place"] == "112.960,28.2" && records["B60"]?["division"] == "430104")
            #expect(records["B60"]?["updated"] == "2026-03-01T08:00:00+08:00")
            #expect([nil, "<null>"].contains(records["B1"]?["phone"]))
        }
    }

    /// GBIF's API for occurrences (`/v1/occurrence/search`): offsets with a total, coordinates as two numbers.
    @Test func occurrencesOfSpecies() async throws {
        let entry = """
            entry: occurrence
            title: 物种记录
            department: office
            update: weekly
            grade: 1
            share: {type: unconditional}
            open: true
            source:
              system: source
              adapter: http-json
              with:
                path: /v1/occurrence/search
                query: {country: CN, hasCoordinate: "true"}
                records: results
                total_path: count
                paging: offset
                size_parameter: limit
                page_size: 300
            delivers: snapshot
            key: [key]
            fields:
              key: {title: 编号, type: integer}
              name: {title: 学名, from: scientificName, required: true}
              place: {title: 位置, type: point, from: {x: decimalLongitude, y: decimalLatitude}, crs: "EPSG:4326"}
              seen: {title: 日期, from: eventDate, type: date}
              collector: {title: 采集人, from: recordedBy}
            """
        try await LoopbackSource.serving { path, query in
            guard path == "/v1/occurrence/search", query["country"] == "CN",
                let offset = query["offset"].flatMap({ Int($0) }) ?? (query["offset"] == nil ? 0 : nil),
                let limit = query["limit"].flatMap({ Int($0) })
            else { return LoopbackSource.Answer("", status: .badRequest) }
            let numbers = (1...650).dropFirst(offset).prefix(limit)
            let results = numbers.map { number in
                """
                {"key":\(4_000_000_000 + number),"scientificName":"Aix galericulata (Linnaeus, 1758)","decimalLatitude":28.5,\
                "decimalLongitude":\(112 + Double(number) / 1024),"eventDate":"2025-04-0\(1 + number % 9)","issues":[]}
                """
            }
            return LoopbackSource.Answer(
                """
                {"offset":\(offset),"limit":\(limit),"endOfRecords":\(offset + limit >= 650),"count":650,\
                "results":[\(results.joined(separator: ","))],"facets":[]}
                """)
        } _: { base, source in
            let exchange = try ExchangeFolder(base: base, entries: ["occurrence": entry])
            #expect(try await exchange.published("occurrence")["added"] == 650)
            #expect(source.count == 3)
            let records = try await exchange.records(of: "occurrence")
            #expect(records["4000000001"]?["seen"] == "2025-04-02", "\(records["4000000001"] ?? [:])")
            #expect(records["4000000512"]?["place"]?.contains("112.5") == true)
        }
    }
}
