import Foundation
import Logging
import Model
import Testing
import Transport

@testable import huitong

@Suite struct SettingsTests {
    static func settings(
        _ text: String, flags: [String: String] = [:], environment: [String: String] = [:]
    ) async throws -> Settings {
        let program = try Program()
        try program.write(text, to: "huitong.yaml")
        return try await Settings(
            path: program.folder.appending(path: "huitong.yaml").path, isRequired: true, flags: flags,
            environment: environment)
    }

    @Test func flagsComeBeforeEnvironmentBeforeFileBeforeStandards() async throws {
        let text = "http:\n  port: 1001\nruns: {concurrency: 2}\n"
        #expect(try await Self.settings("").port == 8080)
        #expect(try await Self.settings(text).port == 1001)
        let environment = ["HUITONG_HTTP_PORT": "1002", "HUITONG_RUNS_CONCURRENCY": "7"]
        #expect(try await Self.settings(text, environment: environment).port == 1002)
        let all = try await Self.settings(text, flags: ["http.port": "1003"], environment: environment)
        #expect(all.port == 1003)
        #expect(all.concurrency == 7)
    }

    @Test func everySettingHasItsVariable() async throws {
        let environment = [
            "HUITONG_OUTBOUND_ALLOW_LOOPBACK": "true", "HUITONG_OUTBOUND_FILE_ROOT": "/tmp",
            "HUITONG_LOG_LEVEL": "debug",
            "HUITONG_HTTP_PUBLIC_BASE": "https://example.org",
        ]
        for name in environment.keys { #expect(Setting.table.contains { $0.variable == name }, "\(name)") }
        let settings = try await Self.settings("", environment: environment)
        #expect(settings.outbound.allowsLoopback)
        #expect(settings.outbound.fileFolder == "/tmp")
        #expect(settings.logLevel == .debug)
        #expect(settings.publicBase == "https://example.org")
    }

    @Test func pathsStartAtTheFile() async throws {
        let settings = try await Self.settings("data: somewhere\n")
        #expect(settings.data.hasSuffix("/somewhere"))
        #expect(settings.data.hasPrefix("/"))
    }

    @Test(arguments: [
        ("htp:\n  port: 1\n", "huitong.yaml:1:1: there is no setting htp"),
        ("http:\n  prot: 1\n", "huitong.yaml:2:3: there is no setting http.prot"),
        ("http:\n  port: many\n", "many is no value of http.port"),
        ("http:\n  port: 70000\n", "70000 is no value of http.port"),
        ("register: maybe\n", "maybe is no value of register"),
        ("http: 1\n", "http is a group"),
        ("http: [1]\n", "http is a group"),
        ("data: [a]\n", "data takes one value"),
        ("- data\n", "is not written as key: value"),
        ("data: {a: b}\n", "data takes one value"),
        ("data: [\n", "is not YAML"),
    ])
    func mistakesAreTold(text: String, message: String) async throws {
        let fault = await #expect(throws: Fault.self) { try await Self.settings(text) }
        #expect(fault?.code == .badSettings)
        #expect(fault?.message.contains(message) == true, "\(fault?.message ?? "")")
    }
}
