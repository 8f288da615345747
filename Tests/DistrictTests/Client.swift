import Foundation
import Testing

@testable import District

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A district that is up for the length of a test, and what asks it.
struct Client: Sendable {
    struct Answer {
        let status: Int
        let headers: [String: String]
        let body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: body) as? [String: Any] ?? [:]
        }
    }

    let district: District
    let ports: District.Ports

    static func with(
        sizes: District.Sizes = .init(), clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) },
        _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        let district = District(ports: .free, sizes: sizes, pace: nil, clock: clock)
        let (stream, announce) = AsyncStream.makeStream(of: District.Ports.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await district.run { announce.yield($0) } }
            group.addTask {
                for await ports in stream.prefix(1) { try await body(Client(district: district, ports: ports)) }
            }
            try await group.next()
            group.cancelAll()
            while let result = await group.nextResult() { _ = result }
        }
    }

    func get(
        _ port: Int, _ path: String, _ headers: [String: String] = [:], posting body: String? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
        request.cachePolicy = .reloadIgnoringLocalCacheData
        if let body {
            request.httpMethod = "POST"
            request.httpBody = Data(body.utf8)
        }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var fields: [String: String] = [:]
        for (name, value) in http.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http.statusCode, headers: fields, body: data)
    }

    func certificates(_ query: String, password: String? = nil) async throws -> Answer {
        let password = try password ?? #require(District.secrets["e-licence-password"])
        let login = Data("\(District.eLicenceUser):\(password)".utf8).base64EncodedString()
        return try await get(
            ports.eLicence, "/certificates/query", ["Authorization": "Basic " + login], posting: query)
    }

    func residents(_ query: String) async throws -> Answer {
        let token = try #require(District.secrets["police-population-token"])
        return try await get(ports.policePopulation, "/residents?" + query, ["Authorization": "Bearer " + token])
    }

    func enterprises(_ query: String, secret: String? = nil, at time: Int) async throws -> [String: Any] {
        let stamp = ChinaTime.text(time).filter(\.isNumber)
        let secret = try secret ?? #require(District.secrets["market-core-secret"])
        let sign = MarketCore.signature(appKey: District.marketAppKey, secret: secret, timestamp: stamp)
        return try await get(
            ports.marketCore, "/enterprises?" + query,
            ["appKey": District.marketAppKey, "timestamp": stamp, "sign": sign]
        ).json()
    }

    func collectives(_ query: String = "") async throws -> [String: Any] {
        let key = try #require(District.secrets["rural-collective-key"])
        return try await get(ports.ruralCollective, "/collectives" + query, ["X-API-Key": key]).json()
    }
}
