import Loopback
import Model
import Testing

@testable import Transport

@Suite struct CompressionTests {
    private let plain = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 / 7) }

    private func served(_ body: [UInt8], _ coding: String, limit: Int = 8 << 20) async throws(Fault) -> [UInt8] {
        let server = LoopbackServer { _, connection in
            connection.answer(headers: ["Content-Encoding: \(coding)"], body: body)
        }
        let request = Request(url: server.url("/"), limits: TransferLimits(bodyBytes: limit), retry: .never)
        return try await Transport().send(request).body.bytes()
    }

    @Test(arguments: [("gzip", 31), ("x-gzip", 31), ("deflate", 15), ("deflate", -15), ("GZIP", 31)])
    func everyFormIsRead(coding: String, windowBits: Int32) async throws {
        #expect(try await served(packed(plain, windowBits: windowBits), coding) == plain)
    }

    @Test func membersFollowEachOtherAndPaddingIsIgnored() async throws {
        let half = plain.count / 2
        let members = [Array(plain[..<half]), Array(plain[half...])].flatMap { packed($0, windowBits: 31) }
        #expect(try await served(members + [0, 0, 0], "gzip") == plain)
    }

    @Test(arguments: ["identity", "UTF-8", "gbk"])
    func aCharsetIsNoCoding(coding: String) async throws {
        #expect(try await served(Array("[1]".utf8), coding) == Array("[1]".utf8))
    }

    @Test func anEmptyBodyIsEmpty() async throws {
        #expect(try await served([], "gzip").isEmpty)
    }

    @Test func whatIsNotCompressedIsMalformed() async throws {
        let wrong = try await fault { () async throws(Fault) in try await served(Array("{\"rows\":[]}".utf8), "gzip") }
        #expect(wrong.code == .sourceMalformed)
    }

    @Test func aStreamThatEndsEarlyIsTruncatedEvenWithTheRightLength() async throws {
        let whole = packed(plain, windowBits: 31)
        let broken = try await fault { () async throws(Fault) in
            try await served(Array(whole.dropLast(20)), "gzip")
        }
        #expect(broken.code == .sourceTruncated)
        #expect(try await fault { () async throws(Fault) in try await served([0x1f], "gzip") }.code == .sourceTruncated)
    }

    @Test func aFlippedBitIsFound() async throws {
        var whole = packed(plain, windowBits: 31)
        whole[whole.count - 6] ^= 1
        let damaged = whole
        #expect(
            try await fault { () async throws(Fault) in try await served(damaged, "gzip") }.code == .sourceMalformed)
    }

    @Test func aBombStopsAtTheCap() async throws {
        let bomb = packed([UInt8](repeating: 0, count: 64 << 20), windowBits: 31)
        #expect(bomb.count < 100_000)
        let bombed = try await fault { () async throws(Fault) in try await served(bomb, "gzip", limit: 1 << 20) }
        #expect(bombed.code == .sourceTooLarge)
    }

    @Test func anUnknownCodingIsRefused() async throws {
        let unknown = try await fault { () async throws(Fault) in try await served([1, 2], "br") }
        #expect(unknown.code == .sourceUnexpected)
    }

    @Test func anySplitOfTheInputGivesTheSame() throws {
        let small = Array(plain[..<3000])
        let bytes = packed(small, windowBits: 31)
        for size in 1...7 {
            var inflater = Inflater(place: "here", limit: 1 << 20)
            var output: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                inflater.give(Array(bytes[start..<min(start + size, bytes.count)]))
                while let chunk = try inflater.take() { output += chunk }
            }
            try inflater.finish()
            #expect(output == small)
        }
    }
}
