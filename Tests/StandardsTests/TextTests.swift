import Testing

@testable import Standards

@Suite struct TextTests {
    @Test(arguments: [
        ("abc", "abc"), ("  abc\t\n", "abc"), ("\u{3000}张三\u{3000} ", "张三"), ("\u{FEFF}abc\u{200B}", "abc"),
        ("\u{00A0}湖南\u{2060}", "湖南"), ("张 三", "张 三"), ("　", ""), ("", ""), (" \u{FEFF} ", ""), ("é", "é"),
        ("\u{2003}x\u{200D}", "x"),
    ])
    func trimming(_ sample: (String, String)) {
        let bytes = Array(sample.0.utf8)
        #expect(String(decoding: bytes[Blank.trim(bytes)], as: UTF8.self) == sample.1)
    }

    @Test func trimmingNeverCutsACharacter() {
        for scalar in (0x20...0xFFFF).compactMap(Unicode.Scalar.init) {
            let bytes = Array("\(scalar)字\(scalar)".utf8)
            let inner = bytes[Blank.trim(bytes)]
            #expect(String(validating: inner, as: UTF8.self) != nil && inner.count >= 3, "\(scalar.value)")
        }
    }

    @Test func fullWidth() {
        let bytes = Array("ＡＢ－１２３，ｘ～！　张".utf8)
        #expect(String(decoding: FullWidth.fold(bytes), as: UTF8.self) == "AB-123,x~! 张")
        for code in UInt8(0x21)...0x7E {
            let wide = Array(String(Unicode.Scalar(UInt32(code) + 0xFEE0)!).utf8)
            #expect(FullWidth.fold(wide) == [code])
        }
    }

    @Test func controls() {
        for text in ["a\u{0}b", "\u{1}", "x\u{7F}", "张\u{85}三", "\u{1B}[31m"] {
            #expect(TextScan.of(Array(text.utf8)).contains(.control), "\(text.debugDescription)")
        }
        for text in ["", "张三", "a\tb\r\nc", "\u{A0}£©", "é"] {
            #expect(!TextScan.of(Array(text.utf8)).contains(.control), "\(text.debugDescription)")
        }
    }

    @Test func controlsAreFoundWhereverTheyStand() {
        for control in ["\u{0}", "\u{1F}", "\u{7F}", "\u{80}", "\u{9F}"] {
            for before in 0..<20 {
                for around in ["a", "张", "\u{A0}"] {
                    let clean = String(repeating: around, count: before)
                    #expect(!TextScan.of(Array((clean + clean).utf8)).contains(.control))
                    #expect(TextScan.of(Array((clean + control + clean).utf8)).contains(.control))
                }
            }
        }
    }

    @Test func doubtfulCharactersAreFoundWhereverTheyStand() {
        let signs: [(String, TextScan)] = [
            ("\u{E000}", .privateUse), ("\u{F8FF}", .privateUse), ("\u{F0000}", .privateUse),
            ("\u{10FFFD}", .privateUse),
            ("\u{FFFD}", .replacement), ("\u{200B}", .invisible), ("\u{202E}", .invisible), ("\u{2066}", .invisible),
            ("\u{FEFF}", .invisible), ("\u{AD}", .invisible), ("\u{61C}", .invisible), ("\u{1}", .control),
        ]
        for (sign, kind) in signs {
            for before in 0..<20 {
                for around in ["a", "张", "é", "“", "😀"] {
                    let clean = String(repeating: around, count: before)
                    #expect(TextScan.of(Array((clean + clean).utf8)).isEmpty)
                    #expect(TextScan.of(Array((clean + sign + clean).utf8)) == kind, "\(around) \(kind)")
                }
            }
        }
        #expect(TextScan.of(Array("\u{E000}\u{200B}".utf8)) == [.privateUse, .invisible])
        // Bytes that are no UTF-8 are none of them.
        #expect(TextScan.of([0xEE, 0x80]).isEmpty && TextScan.of([0xF8, 0xFF, 0xE2]).isEmpty)
    }

    /// Every character there is, at each place in a word: what is told of it, and of no other.
    @Test func noOtherCharacterIsInvisible() {
        let invisible: [ClosedRange<UInt32>] = [
            0xAD...0xAD, 0x034F...0x034F, 0x061C...0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF...0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F,
        ]
        var wrong: [String] = []
        for value in UInt32(0x80)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var text = [UInt8](repeating: 0x61, count: Int(value % 8))
            text.append(contentsOf: Array(String(scalar).utf8) + Array("abcdefgh".utf8))
            let isFound = TextScan.of(text).contains(.invisible)
            if isFound != invisible.contains(where: { $0.contains(value) }) { wrong.append(String(value, radix: 16)) }
        }
        #expect(wrong.isEmpty)
    }

    @Test func privateCharactersBecomePublic() {
        var output: [UInt8] = []
        let text = Array("龵\u{E826}\u{E76C}\u{E78E}x\u{E001}".utf8)
        let isLeft = PrivateUse.replace(in: text.span, into: &output)
        #expect(isLeft && String(decoding: output, as: UTF8.self) == "龵龵€\u{FE12}x\u{E001}")
        for scalar in UInt32(0xE000)...0xF8FF {
            if let character = PrivateUse.character(for: scalar) {
                #expect(Unicode.Scalar(character) != nil && !(0xE000...0xF8FF).contains(character))
            }
        }
    }

    @Test(arguments: [
        (Mask.citizenID, "430112199003071234", "430112********1234"), (.text, "13812341234", "138****1234"),
        (.phone, "13812341234", "138****1234"), (.text, "张三丰", "张**"), (.text, "张", "***"), (.name, "欧阳", "欧**"),
        (.text, "湖南省长沙市望城区高塘岭街道1号", "湖南省长沙市****"), (.text, "430112199003071234", "430112********1234"),
        (.uscc, "91430112MA4L000035", "91430112********35"), (.date, "1990-03-07", "1990-**-**"),
        (.datetime, "2026-11-23T10:15:00+08:00", "2026-**-**"), (.division, "430112001002", "430112***"),
        (.division, "430112", "4301***"), (.code, "10", "*"), (.citizenID, "43011219", "4**"),
        (.citizenID, "张三李四王五", "张**"),
        (.organisationCode, "MA4L00003", "MA*****03"), (.organisationCode, "张三", "张**"),
        (.phone, "0731-88887777", "073******7777"), (.url, "https://a.gov.cn/x?id=1", "https://a.gov.cn/****"),
        (.url, "https://user:secret@a.cn/", "https://a.cn/****"), (.url, "430112199003071234 a", "4**"),
        (
            .certificateID, "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U",
            "1.2.156.3005.2.11100000000013338W011.****"
        ),
        (.certificateID, "430112199003071234430112199003071234", "4**"),
        (.certificateType, "11100000MB0143028R001", "11100000MB0143028R***"),
        (.realEstateUnit, "430112001002GB00001F00010001", "430112001002****"), (.realEstateUnit, "张三", "张**"),
        (.text, "AB12345678", "A**"), (.date, "昨天", "***"),
    ])
    func masks(_ sample: (Mask, String, String)) {
        #expect(masked(sample.0, sample.1) == sample.2)
    }

    @Test func numbersAndPlacesHaveNoMask() {
        for mask in [Mask.integer, .decimal, .boolean, .point, .geometry] { #expect(masked(mask, "12") == nil) }
    }

    @Test func jsonIsSteppedThrough() throws {
        let text = Array(#" {"a":[1,{"b":"]}\""}],"c":-1.5e3,"d":"\u5f20\n\ud83d\ude00"} x"#.utf8)
        var index = 0
        let whole = try JSONText.value(text, &index)
        #expect(text[whole].last == 0x7D)
        var inner = try #require(text.lastIndex(of: 0x3A)) + 1
        #expect(String(decoding: try JSONText.string(text, &inner), as: UTF8.self) == "张\n😀")
        for broken in ["{", "[1", "\"a", "]", "", "\"\\", "{\"a\":\"\\\"}"] {
            let bytes = Array(broken.utf8)
            #expect(throws: JSONText.Unexpected.self) {
                var index = 0
                try JSONText.value(bytes, &index)
            }
        }
    }
}
