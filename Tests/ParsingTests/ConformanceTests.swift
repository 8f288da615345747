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

    /// What RFC 8259 leaves to each parser, and the suite calls `i_`: text that was meant to say something else than it would
    /// be read as is refused, all else is kept as it is written.
    @Test(arguments: [
        ("1e9999", "number:1e9999"), ("-1e9999", "number:-1e9999"), ("0.4e-99999", "number:0.4e-99999"),
        ("100000000000000000000", "number:100000000000000000000"), ("-0", "number:-0"),
        (#""\uFFFE""#, "text:\u{fffe}"), (#""\u0000""#, "text:\0"),
    ])
    func whatIsLeftToParsersIsKeptAsItIsWritten(_ value: String, _ cell: String) throws {
        for mark in ["", "\u{feff}"] {
            #expect(try Reading("\(mark)[{\"a\":\(value)}]", json("", ["a"])).rows == [[cell]])
        }
    }

    @Test(arguments: [
        (Array(#"["\uDADA"]"#.utf8), FaultCode.sourceMalformed), (Array(#"["\uDd1e\uD834"]"#.utf8), .sourceMalformed),
        (Array(#"["\uD800\n"]"#.utf8), .sourceMalformed), (Array(#"{"\uDFAA":0}"#.utf8), .sourceMalformed),
        ([0x5b, 0x22, 0xff, 0x22, 0x5d], .sourceEncoding), ([0x5b, 0x22, 0xc0, 0xaf, 0x22, 0x5d], .sourceEncoding),
        ([0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d], .sourceEncoding),
        ([0x5b, 0x22, 0xf4, 0xbf, 0xbf, 0xbf, 0x22, 0x5d], .sourceEncoding),
        (
            Array(repeating: UInt8(ascii: "["), count: 500) + Array(repeating: UInt8(ascii: "]"), count: 500),
            .sourceTooLarge
        ),
    ])
    func whatIsLeftToParsersAndMeansNothingIsRefused(_ body: [UInt8], _ code: FaultCode) throws {
        for chunk in [1, body.count] {
            #expect(fault(of: body, try json("", ["", "a"]), chunk: chunk)?.code == code)
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
