import Foundation
import Loopback
import Model
import Testing

@testable import Transport

@Suite struct FileTests {
    private let folder: TemporaryFolder
    private let transport: Transport

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: folder.path + "/in", withIntermediateDirectories: true)
        transport = Transport(policy: OutboundPolicy(fileFolder: folder.path + "/in"))
    }

    private func read(_ path: String, headers: [(name: String, value: String)] = []) async throws(Fault) -> Response {
        try await transport.send(Request(url: "file://" + path, headers: headers))
    }

    @Test func aFileBelowTheFolderIsRead() async throws {
        let text = String(repeating: "记录\n", count: 200_000)
        let file = try folder.write("in/rows.txt", text)
        let response = try await read(file)
        #expect(try await response.body.bytes() == Array(text.utf8))
        #expect(response.head.headers["content-length"] == "\(text.utf8.count)")
    }

    @Test func anUnchangedFileIsNotModified() async throws {
        let file = try folder.write("in/rows.txt", "a")
        let tag = try #require(try await read(file).head.headers["etag"])
        let again = try await read(file, headers: [("If-None-Match", tag)])
        #expect(again.head.status == 304)
        #expect(try await again.body.bytes().isEmpty)
        _ = try folder.write("in/rows.txt", "b")
        #expect(try await read(file, headers: [("If-None-Match", tag)]).head.status == 200)
    }

    @Test func whatLiesOutsideIsRefused() async throws {
        let secret = try folder.write("secret.txt", "s")
        _ = try folder.write("in/x", "")
        try FileManager.default.createDirectory(atPath: folder.path + "/in-beside", withIntermediateDirectories: true)
        let beside = try folder.write("in-beside/a", "s")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/link", withDestinationPath: secret)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/up", withDestinationPath: folder.path)
        let paths = [
            secret, beside, "/etc/passwd", folder.path + "/in/../secret.txt", folder.path + "/in/%2e%2e/secret.txt",
            folder.path + "/in/link", folder.path + "/in/up/secret.txt", folder.path + "/missing",
        ]
        for path in paths {
            let refused = try await fault { () async throws(Fault) in try await read(path) }
            #expect(refused.code == .sourceForbidden, "\(path): \(refused)")
        }
    }

    @Test func aLinkThatStaysInsideIsFollowed() async throws {
        let file = try folder.write("in/a.txt", "a")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/current", withDestinationPath: file)
        #expect(try await read(folder.path + "/in/current").body.bytes() == [97])
    }

    @Test func missingFilesAndFoldersAndPipesAreFaults() async throws {
        mkfifo(folder.path + "/in/pipe", 0o600)
        let expected: [(String, FaultCode)] = [
            ("missing", .sourceNotFound), ("", .sourceForbidden), ("pipe", .sourceRefused), (".", .sourceForbidden),
        ]
        for (name, code) in expected {
            #expect(
                try await fault { () async throws(Fault) in try await read(folder.path + "/in/" + name) }.code == code)
        }
    }

    @Test func withoutAFolderThereAreNoFiles() async throws {
        let file = try folder.write("in/a.txt", "a")
        let closed = Transport(policy: OutboundPolicy())
        let refused = try await fault { () async throws(Fault) in try await closed.send(Request(url: "file://" + file))
        }
        #expect(refused.code == .sourceForbidden)
    }

    @Test func aFileLargerThanTheCapIsRefused() async throws {
        let file = try folder.write("in/a.txt", "aaaa")
        let request = Request(url: "file://" + file, limits: TransferLimits(bodyBytes: 3))
        #expect(try await fault { () async throws(Fault) in try await transport.send(request) }.code == .sourceTooLarge)
    }
}
