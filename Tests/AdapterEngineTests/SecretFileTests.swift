import Foundation
import Model
import Testing

@testable import AdapterEngine

@Suite("Secrets are their owner's alone")
struct SecretFileTests {
    private static func withSecret(_ mode: Int, _ body: (Secrets, URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "huitong-secrets-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "key")
        try Data("s3cret\n".utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        try body(Secrets(folder: folder, environment: ["HUITONG_SECRET_KEY": "another"]), file)
    }

    @Test(
        "a file that others could read or change is refused, and no other place is looked at",
        arguments: [
            0o640, 0o604, 0o644, 0o620, 0o602, 0o660, 0o666, 0o601,
        ])
    func exposed(mode: Int) throws {
        try Self.withSecret(mode) { secrets, file in
            let fault = #expect(throws: Fault.self) { try secrets.value("key") }
            #expect(fault?.code == .exposedSecret)
            #expect(fault?.advice?.contains("chmod 600 \(file.path)") == true)
            #expect(fault.map { "\($0)" }?.contains("s3cret") == false)
        }
    }

    @Test("a file of its owner is read", arguments: [0o600, 0o400])
    func own(mode: Int) throws {
        try Self.withSecret(mode) { secrets, _ in
            let found = try secrets.value("key")
            #expect(found == "s3cret")
        }
    }

    @Test("the key of a certificate is a secret, too")
    func keys() throws {
        try Self.withSecret(0o644) { _, file in
            let credential = Credential.certificate(certificate: file.path, key: file.path, authority: nil)
            let parameters: [String: ParameterValue] = ["path": .text("/items"), "records": .text("/rows")]
            let fault = #expect(throws: Fault.self) { try Fixture.plan(parameters, credential: credential) }
            #expect(fault?.code == .exposedSecret)
        }
    }
}
