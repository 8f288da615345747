import Foundation
import Model
import Synchronization
import Testing

@testable import AdapterEngine

/// What is said of deliveries that cannot be read: which file, what it is, and what the department is to be asked for.
@Suite struct DeliveryWordsTests {
    private static func fault(
        _ name: String, _ bytes: [UInt8], _ parameters: [String: ParameterValue] = [:]
    ) async throws -> Fault {
        let folder = DeliveryTests.Folder(["a.ok": ""])
        folder.put(name, bytes)
        return try #require(await #expect(throws: Fault.self) { try await DeliveryTests.run(folder, parameters) })
    }

    /// A gzip file (RFC 1952) of one block that is stored as it is.
    static func gzip(_ content: [UInt8]) -> [UInt8] {
        func little(_ number: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(number >> (8 * $0) & 0xff) } }
        let sum = ~content.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xedb8_8320 : 0) }
        }
        return [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(content.count, 2) + little(~content.count & 0xffff, 2)
            + content + little(Int(sum), 4) + little(content.count, 4)
    }

    @Test func aBrokenFileIsNamedAndNoConnectionIsBlamed() async throws {
        let cut = try await Self.fault("a.json", Array(#"[{"id":1},{"id":"#.utf8))
        #expect(cut.code == .sourceTruncated && cut.message == "a.json ends within a document")
        #expect(cut.advice?.contains("marker belongs last") == true && cut.context["record"] == "2")
        let empty = try await Self.fault("a.json", [])
        #expect(empty.code == .sourceTruncated && empty.message == "a.json is empty")
        let page = try await Self.fault("a.json", Array("<html></html>".utf8))
        #expect(page.code == .sourceUnexpected && page.message == "a.json: HTML or XML came instead of JSON")
        #expect(page.advice?.contains("browser") == false)
        let charset = try await Self.fault("a.json", Array(#"[{"id":""#.utf8) + [0xcd, 0xfb] + Array("\"}]".utf8))
        #expect(charset.code == .sourceEncoding && charset.message.hasPrefix("a.json: byte 8 is not UTF-8"))
        #expect(charset.advice?.contains("charset: GBK") == true)
    }

    @Test func aBrokenGzipSpeaksOfTheFile() async throws {
        let whole = Self.gzip(Array(#"[{"id":1}]"#.utf8))
        #expect(try await DeliveryTests.run(Self.folder(whole)).ids == ["1"])
        #expect(try await DeliveryTests.run(Self.folder(whole + [UInt8](repeating: 0, count: 512))).ids == ["1"])
        let two = Self.gzip(Array(#"[{"id":1}"#.utf8)) + Self.gzip(Array(#",{"id":2}]"#.utf8))
        #expect(try await DeliveryTests.run(Self.folder(two)).ids == ["1", "2"], "members make one file")
        for (bytes, code, says) in [
            (Array(whole.dropLast(3)), FaultCode.sourceTruncated, "a.gz ends within its compressed data"),
            (Array(whole.dropLast(8)) + [1, 2, 3, 4, 10, 0, 0, 0], .sourceMalformed, "a.gz begins as gzip"),
            (whole + Array("garbage".utf8), .sourceMalformed, "a.gz goes on after its compressed data"),
        ] {
            let fault = try await Self.fault("a.gz", bytes)
            #expect(fault.code == code && fault.message.hasPrefix(says), "\(fault)")
        }
    }

    private static func folder(_ gzip: [UInt8]) -> DeliveryTests.Folder {
        let folder = DeliveryTests.Folder(["a.ok": ""])
        folder.put("a.gz", gzip)
        return folder
    }

    /// The first bytes of kinds of files, in hexadecimal digits.
    @Test(arguments: [
        ("377abcaf271c", "7z"), ("526172211a070100", "rar"), ("fd377a585a00", "xz"), ("28b52ffd00", "zstd"),
        ("d0cf11e0a1b1", "Excel"), ("255044462d312e37", "PDF"),
        ("504b050600000000", "zip without a file"),
    ])
    func whatIsNotOpenedIsCalledByItsName(_ digits: String, _ name: String) async throws {
        let pairs = stride(from: 0, to: digits.count, by: 2).map { digits.dropFirst($0).prefix(2) }
        let bytes = pairs.compactMap { UInt8($0, radix: 16) }
        let fault = try await Self.fault("a.json", bytes)
        #expect(fault.code == .sourceMalformed && fault.message.contains(name), "\(fault)")
        #expect(fault.advice?.contains("zip or gzip") == true)
    }

    @Test func aTarIsKnownByItsHeader() {
        var tar = [UInt8](repeating: 0, count: 512)
        tar.replaceSubrange(0..<6, with: "a.json".utf8)
        tar.replaceSubrange(257..<262, with: "ustar".utf8)
        #expect(Packing(tar) == .other("a tar archive"))
        tar[257] = 0
        #expect(Packing(tar) == .plain)
    }

    @Test func anEmptyZipThatWasAnnouncedIsAnEmptyList() async throws {
        let folder = DeliveryTests.Folder(["a.ctl": "a.zip 0"])
        folder.put("a.zip", Array("PK".utf8) + [5, 6] + [UInt8](repeating: 0, count: 18))
        let read = try await DeliveryTests.run(folder, ["ready": .text("*.ctl"), "control": .text("list")])
        #expect(read.ids.isEmpty && read.summary.promised == 0)
    }

    @Test func aBrokenDeliveryKeepsNobodyBeforeItWaiting() async throws {
        let list: [String: ParameterValue] = ["ready": .text("*.ctl"), "control": .text("list")]
        let folder = DeliveryTests.Folder([
            "a.json": DeliveryTests.records(1), "a.ctl": "a.json 1", "b.ctl": "../b.json", "c.ctl": "c.json",
            "c.json": DeliveryTests.records(3),
        ])
        let first = try await DeliveryTests.run(folder, list)
        #expect(first.ids == ["1"] && first.summary.moreWait)
        let fault = await #expect(throws: Fault.self) {
            try await DeliveryTests.run(folder, list, state: first.summary.state)
        }
        #expect(fault?.code == .sourceForbidden && fault?.context["delivery"] == "b.ctl")
        folder.remove("b.ctl")
        #expect(try await DeliveryTests.run(folder, list, state: first.summary.state).ids == ["3"])
    }

    @Test func namesThatAreNotUTF8AreCounted() async throws {
        let folder = DeliveryTests.Folder(["a.ok": ""])
        folder.extraNames.withLock { $0 = [0xc8, 0xcb] + Array(".json".utf8) }
        let bare = await #expect(throws: Fault.self) { try await DeliveryTests.run(folder) }
        #expect(bare?.message.contains("1 files in it are not in UTF-8") == true, "\(bare as Any)")
        folder.remove("a.ok")
        let none = await #expect(throws: Fault.self) { try await DeliveryTests.run(folder) }
        #expect(none?.message.contains("1 files in it are not in UTF-8") == true, "\(none as Any)")
    }
}
