import Model
import Testing

@testable import Parsing

@Suite struct CharsetTests {
    private func decoded(_ bytes: [UInt8], _ hint: CharsetHint, chunk: Int = .max) throws -> [UInt8] {
        var transcoder = Transcoder(format: .json, hint: hint)
        var text: [UInt8] = []
        for piece in Reading.cut(bytes, every: min(chunk, max(bytes.count, 1))) {
            try piece.withUnsafeBytes { bytes in try transcoder.decode(bytes) { text.append(contentsOf: $0) } }
        }
        try transcoder.finish { text.append(contentsOf: $0) }
        return text
    }

    @Test(
        .enabled(if: SharedData.has("encodings-cjk-cpython")),
        arguments: [
            ("gb18030", "gb18030"), ("gbk", "gbk"), ("gb2312", "gb2312"), ("big5", "big5"), ("big5hkscs", "big5-hkscs"),
        ])
    func pairs(_ file: String, _ charset: String) throws {
        let source = try SharedData.bytes("encodings-cjk-cpython/\(file).txt")
        let wanted = try SharedData.bytes("encodings-cjk-cpython/\(file)-utf8.txt")
        for chunk in [Int.max, 1, 7] {
            #expect(try decoded(source, CharsetHint(setting: charset), chunk: chunk) == wanted)
        }
    }

    @Test(arguments: [
        ("windows-1252", [0x80, 0xE9] as [UInt8], "€é"), ("latin1", [0xE9], "é"), ("Big5", [0xA4, 0xA4], "中"),
        ("GB2312", [0x8C, 0x9E], "尀"), ("CP936", [0xD6, 0xD0], "中"), ("utf-16", [0xFE, 0xFF, 0x4E, 0x2D], "中"),
        ("UTF-16LE", [0x2D, 0x4E], "中"), ("gb18030", [0x95, 0x32, 0x82, 0x36], "𠀀"), ("ASCII", [0x41], "A"),
    ])
    func named(_ charset: String, _ bytes: [UInt8], _ text: String) throws {
        #expect(String(decoding: try decoded(bytes, CharsetHint(header: charset)), as: UTF8.self) == text)
    }

    @Test("a charset that leaves the order of bytes open takes it from the mark, the zeros, or RFC 2781")
    func orderOfBytes() throws {
        for label in ["utf-16", "UTF-16LE", "UTF-16BE"] {
            let little: [UInt8] = [0x5B, 0, 0x31, 0, 0x5D, 0]
            let big: [UInt8] = [0, 0x5B, 0, 0x31, 0, 0x5D]
            let isOpen = label == "utf-16"
            #expect(
                (try decoded(little, CharsetHint(header: label), chunk: 1) == Array("[1]".utf8))
                    == (label != "UTF-16BE"))
            #expect(
                (try decoded(big, CharsetHint(setting: label), chunk: 3) == Array("[1]".utf8)) == (label != "UTF-16LE"))
            guard isOpen else { continue }
            #expect(try decoded([0xFF, 0xFE] + little, CharsetHint(header: label)) == Array("[1]".utf8))
            #expect(try decoded([0x4E, 0x2D], CharsetHint(header: label)) == Array("中".utf8))
        }
    }

    @Test func precedence() throws {
        let declared = Array("<?xml version='1.0' encoding='GBK'?><r><i>".utf8) + [0xD6, 0xD0] + Array("</i></r>".utf8)
        let paths = try xml("r/i", ["."])
        #expect(try Reading(declared, paths).texts == [["中"]])
        #expect(try Reading(declared, paths, charset: CharsetHint(header: "Big5")).texts == [["笢"]])
        #expect(try Reading(declared, paths, charset: CharsetHint(setting: "gbk", header: "Big5")).texts == [["中"]])
        let found = fault(of: declared, paths, charset: CharsetHint(header: "utf-8"))
        #expect(found?.code == .sourceEncoding)
        #expect(found?.context["byte"] == "42")
        #expect(found?.message.contains("the Content-Type header") == true)
    }

    @Test func declarationsThatCannotBeTrue() throws {
        let body = "<?xml version='1.0' encoding='utf-16'?><r><i>中</i></r>"
        #expect(try Reading(body, xml("r/i", ["."])).texts == [["中"]])
        let marked = [0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0' encoding='GBK'?><r><i>中</i></r>".utf8)
        #expect(try Reading(marked, xml("r/i", ["."])).texts == [["中"]])
    }

    @Test(arguments: [true, false])
    func wideWithoutMark(_ isBig: Bool) throws {
        let bytes = #"[{"a":"中"}]"#.utf16.flatMap {
            isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        }
        #expect(try Reading(bytes, json("", ["a"])).texts == [["中"]])
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3, 0x28], [0xE4, 0xB8, 0x41], [0xFF],
        ] as [[UInt8]])
    func wrongUTF8(_ bytes: [UInt8]) throws {
        for chunk in [1, 100] {
            let body = Array(#"[{"skip":"é"#.utf8) + bytes + Array(#""}]"#.utf8)
            let found = fault(of: body, try json("", ["a"]), chunk: chunk)
            #expect(found?.code == .sourceEncoding)
            #expect(found?.context["byte"] == "12")
        }
    }

    @Test func unknownCharsets() throws {
        for name in ["klingon", "utf-8//TRANSLIT", "", "a b"] {
            #expect(
                fault(of: Array("[]".utf8), try json("", ["a"]), charset: CharsetHint(setting: name))?.code
                    == .sourceEncoding)
        }
    }

    @Test func wrongBytesOfOtherCharsets() throws {
        let found = fault(
            of: [0x5B, 0x22, 0x81, 0x20, 0x22, 0x5D], try json("", [""]), charset: CharsetHint(setting: "gbk"))
        #expect(found?.code == .sourceEncoding)
        #expect(found?.context["byte"] == "2")
        #expect(found?.context["charset"] == "gbk")
    }
}
