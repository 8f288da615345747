import Foundation
import Model
import Testing

@testable import Parsing

/// The test suites that others wrote for the formats.
@Suite struct ConformanceTests {
    static let jsonFolder = "bad-json-nst/test_parsing"

    @Test(.enabled(if: SharedData.has(jsonFolder)), arguments: SharedData.names(jsonFolder))
    func jsonTestSuite(_ name: String) throws {
        let body = try SharedData.bytes("\(Self.jsonFolder)/\(name)")
        for chunk in [1, body.count] {
            let found = fault(of: body, try json("", ["", "a"]), chunk: chunk)
            if name.hasPrefix("y_") { #expect(found == nil) }
            if name.hasPrefix("n_") { #expect(found != nil) }
        }
    }

    static let zip = "bad-xml-w3c-xmltest/xmltest.zip"
    static let python = "/usr/bin/python3"

    @Test(.enabled(if: SharedData.has(zip) && FileManager.default.isExecutableFile(atPath: python)))
    func xmlNotWellFormed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "xmltest-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let unpack = Process()
        unpack.executableURL = URL(filePath: Self.python)
        unpack.arguments = ["-m", "zipfile", "-e", SharedData.root.appending(path: Self.zip).path, folder.path]
        try unpack.run()
        unpack.waitUntilExit()
        #expect(try refused(folder.appending(path: "xmltest/not-wf")).passed.isEmpty)
        let valid = try refused(folder.appending(path: "xmltest/valid"))
        // Those without a document type declaration are few, and nothing but the declaration may be held against the rest.
        #expect(valid.reasons == ["document type declarations are refused"])
    }

    /// The files of a folder that are read without a fault, and why the others are not.
    private func refused(_ folder: URL) throws -> (passed: [String], reasons: Set<String>) {
        var passed: [String] = []
        var reasons: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "xml" else { continue }
            let body = [UInt8](try Data(contentsOf: file))
            for chunk in [1, 64, body.count] {
                if let found = fault(of: body, try xml("/doc", [".", "@a"]), chunk: chunk) {
                    reasons.insert(found.message)
                } else {
                    passed.append(file.lastPathComponent)
                }
            }
        }
        return (passed, reasons)
    }
}
