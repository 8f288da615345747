import Testing

@testable import Standards

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("13812341234", "13812341234"), ("138 1234 1234", "13812341234"), ("138-1234-1234", "13812341234"),
        ("+8613812341234", "13812341234"), ("+86 138-1234-1234", "13812341234"), ("008613812341234", "13812341234"),
        ("8613812341234", "13812341234"), ("86-13812341234", "13812341234"), ("(+86)", nil),
        ("0731-88887777", "0731-88887777"), ("073188887777", "0731-88887777"), ("(0731)88887777", "0731-88887777"),
        ("0731 8888 7777", "0731-88887777"), ("0731-8888-7777", "0731-88887777"), ("010-88887777", "010-88887777"),
        ("021-88887777", "021-88887777"), ("0797-8888777", "0797-8888777"), ("+86 731 88887777", "0731-88887777"),
        ("+86-0731-88887777", "0731-88887777"), ("86-0731-88887777", "0731-88887777"),
        ("+86 10 88887777", "010-88887777"),
        ("0086-10-88887777-12", "010-88887777-12"), ("88887777", "88887777"), ("8888-7777", "88887777"),
        ("8888777", "8888777"),
        ("0731-88887777-801", "0731-88887777-801"), ("0731-88887777转801", "0731-88887777-801"),
        ("0731-88887777 ext.801", "0731-88887777-801"), ("0731-88887777x8", "0731-88887777-8"),
        ("0731-88887777 分机 801", "0731-88887777-801"), ("88887777-801", "88887777-801"), ("8888777-1", "8888777-1"),
        ("400-800-1234", "4008001234"), ("8008001234", "8008001234"), ("12345", "12345"), ("110", "110"),
        ("95588", "95588"),
        ("+86 400 800 1234", "4008001234"),
        ("+852 2345 6789", "+85223456789"), ("00852-23456789", "+85223456789"), ("+1 (212) 555-0100", "+12125550100"),
        ("12812341234", nil), ("1381234123", nil), ("138123412345", nil), ("13812341234-801", nil), ("0000", nil),
        ("0131-88887777", nil), ("0731-18887777", nil), ("0731-888877", nil), ("13812341234/13912341234", nil),
        ("0731-88887777-1234567", nil), ("0731-88887777转", nil), ("无", nil), ("", nil), ("+", nil), ("+86", nil),
        ("--", nil),
        ("+852 2345 6789 x1", nil), ("1234567890123456789012345678901234567890", nil), ("8", nil), ("00", nil),
        ("0086", nil),
    ])
    func numbers(_ sample: (String, String?)) throws {
        if let wanted = sample.1 {
            #expect(try phone(sample.0) == wanted)
            #expect(try phone(wanted) == wanted)
        } else {
            #expect(throws: PhoneNumber.Unreadable.self) { try phone(sample.0) }
        }
    }

    /// Any digits and signs: never a crash, and what is read stays as it is when read again.
    @Test func normalFormsStay() throws {
        var random = Repeatable()
        let alphabet = Array("0012345678899-- ()+转x".unicodeScalars)
        var read = 0
        for _ in 0..<60_000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...16, using: &random) {
                text.append(alphabet.randomElement(using: &random) ?? "0")
            }
            guard let normal = try? phone(String(text)) else { continue }
            read += 1
            #expect(try phone(normal) == normal, "\(String(text))")
        }
        #expect(read > 1_000)
    }
}

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://www.wangcheng.gov.cn/a/b.html?x=1&y=2#z", "https://www.wangcheng.gov.cn/a/b.html?x=1&y=2#z"),
        ("HTTPS://WWW.Gov.CN:443", "https://www.gov.cn/"), ("http://a.cn:80/x", "http://a.cn/x"),
        ("ftp://a.cn:21/x", "ftp://a.cn/x"),
        ("http://a.cn:8080", "http://a.cn:8080/"), ("http://a.cn:/x", "http://a.cn/x"),
        ("http://a.cn?q", "http://a.cn/?q"),
        ("http://[2001:DB8::1]:8080/x", "http://[2001:db8::1]:8080/x"), ("http://10.0.0.1/", "http://10.0.0.1/"),
        ("http://政务.中国/附件.pdf", "http://政务.中国/附件.pdf"), ("http://a.cn/@b", "http://a.cn/@b"),
    ])
    func addresses(_ sample: (String, String)) throws {
        #expect(try address(sample.0) == sample.1)
        #expect(try address(sample.1) == sample.1)
    }

    @Test(arguments: [
        ("www.gov.cn", WebAddress.Problem.unreadable), ("/a/b", .unreadable), ("", .unreadable),
        ("http://", .unreadable),
        ("http:///a", .unreadable), ("http://a.cn/a b", .unreadable), ("http://a.cn/<b>", .unreadable),
        ("http://a b.cn/", .unreadable), ("http://a.cn:99999/", .unreadable), ("http://a.cn:x/", .unreadable),
        ("http://[::1/", .unreadable), ("http://[]/", .unreadable), ("http://a.cn\\b", .unreadable),
        ("javascript:alert(1)", .scheme), ("file:///etc/passwd", .scheme), ("mailto:a@b.cn", .scheme),
        ("http://user@a.cn/", .credentials), ("http://user:secret@a.cn/", .credentials),
        ("http://a.cn@b.cn@c.cn/", .credentials),
    ])
    func wrongAddresses(_ sample: (String, WebAddress.Problem)) {
        #expect(throws: sample.1) { try address(sample.0) }
    }
}
