import Catalog
import Foundation
import Model
import Testing
import Transport

@testable import AdapterEngine

/// The repository's adapters, and the smallest entry and system that a plan can be made of.
enum Fixture {
    static let adapters = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Adapters")

    static func manifest(_ name: String) throws -> Manifest {
        let file = adapters.appendingPathComponent("\(name)/adapter.yaml")
        let (manifest, diagnostics) = ManifestLoader().manifest(
            yaml: try String(contentsOf: file, encoding: .utf8), file: file.path)
        #expect(diagnostics.map(\.description) == [])
        return try #require(manifest)
    }

    static func entry(
        _ parameters: [String: ParameterValue], delivery: Entry.Delivery = .snapshot, adapter: String = "http-json",
        columns: [String] = ["id", "name"]
    ) -> Entry {
        Entry(
            name: "firms", title: "Firms", department: "market",
            source: Entry.Source(system: "core", adapter: adapter, parameters: parameters), delivery: delivery,
            key: ["f0"],
            fields: columns.enumerated().map { Field(name: "f\($0)", title: $1, source: .path($1)) })
    }

    static func plan(
        _ parameters: [String: ParameterValue], delivery: Entry.Delivery = .snapshot, adapter: String = "http-json",
        columns: [String] = ["id", "name"], credential: Credential = .none, watermark: Watermark? = nil,
        version: Int? = nil, snapshot: Bool = false, base: String = "http://core.test/api"
    ) throws -> SourcePlan {
        try SourcePlan(
            entry: entry(parameters, delivery: delivery, adapter: adapter, columns: columns),
            system: SourceSystem(name: "core", title: "Core", base: base, credential: credential),
            manifest: try manifest(adapter),
            secrets: Secrets { ["key": "s3cret", "market/token": "t0ken"][$0] }, watermark: watermark,
            version: version, snapshot: snapshot)
    }

    /// 2026-03-01 08:00:00 in China.
    static let now = Date(timeIntervalSince1970: 1_772_323_200)

    static func request(_ plan: SourcePlan, from position: Position = Position()) throws -> Request {
        let start = SourceTime(epoch: Int(now.timeIntervalSince1970))
        let proof = plan.pages.requests.authenticator.proof(at: start, token: nil)
        return try Course(plan.pages, from: position, at: start).request(proof)
    }
}

extension SourcePlan {
    /// The plan of an adapter over HTTP.
    var pages: PagePlan {
        guard case .pages(let pages) = way else { preconditionFailure("the plan asks no pages") }
        return pages
    }
}

extension Request {
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}
