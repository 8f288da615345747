import Foundation
import Model

@testable import AdapterEngine

/// A folder of programs that a test writes, and the data directory's part for them.
struct ProgramShelf: ~Copyable {
    let folder: URL
    var programs: URL { folder.appending(path: "programs") }
    var data: URL { folder.appending(path: "data") }
    var scratch: URL { data.appending(path: "scratch") }
    var host: ProgramHost { ProgramHost(folder: programs, data: data) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "huitong-programs-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "programs"), withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes a shell script.
    func add(_ name: String, _ script: String) throws {
        let file = programs.appending(path: name)
        try Data("#!/bin/sh\n\(script)\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }

    static func plan(
        _ parameters: [String: ParameterValue] = [:], delivery: Entry.Delivery = .snapshot,
        watermark: Watermark? = nil, snapshot: Bool = false
    ) throws -> SourcePlan {
        let with: [String: ParameterValue] = [
            "command": .text("tap"), "stream": .text("things"), "discover": .flag(false),
        ]
        return try Fixture.plan(
            with.merging(parameters) { $1 }, delivery: delivery, adapter: "singer", watermark: watermark,
            snapshot: snapshot)
    }

    /// Reads a program's records: how many, and what became of the reading.
    func read(
        _ plan: SourcePlan, run: Int64? = 1, pagesAtMost: Int? = nil,
        emit: (RawBatch) async throws(Fault) -> Void = { _ in }
    ) async throws(Fault) -> ReadingSummary {
        try await SourceReading(pagesAtMost: pagesAtMost, programs: run.map { host.keepingLog(of: $0) } ?? host).read(
            plan, from: Position(), send: { _ throws(Fault) in throw Fault(.defect, "nothing is asked over HTTP") },
            emit: { batch, _ throws(Fault) in try await emit(batch) })
    }

    /// What went wrong with a program.
    func fault(_ plan: SourcePlan, run: Int64? = 1) async -> Fault? {
        do {
            _ = try await read(plan, run: run)
            return nil
        } catch {
            return error
        }
    }

    static let schema = #"{"type":"SCHEMA","stream":"things","schema":{},"key_properties":["id"]}"#

    static func record(_ id: Int, version: Int? = nil, name: String = "n") -> String {
        let tail = version.map { #","version":\#($0)"# } ?? ""
        return #"{"type":"RECORD","stream":"things","record":{"id":\#(id),"name":"\#(name)"}\#(tail)}"#
    }
}
