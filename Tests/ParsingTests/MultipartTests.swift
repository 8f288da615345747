import Model
import Testing

@testable import Parsing

/// A body of several parts, of which one is the document.
@Suite struct MultipartTests {
    private static let type =
        #"multipart/related; boundary="uuid:4a; b"; type="application/xop+xml"; start="<root@example.org>"; start-info="text/xml""#

    /// What a service with MTOM sends: the attachment may come first, and holds what looks like a delimiter.
    private static func body(_ document: [UInt8], charset: String = "UTF-8", lineEnd: String = "\r\n") -> [UInt8] {
        let before =
            "before the first part\n--uuid:4a; b\nContent-Type: application/octet-stream\nContent-ID: <a@example.org>\n"
            + "Content-Transfer-Encoding: binary\n\n<r/>\n--uuid:4a; bc\n-\n--uuid:4a; b \n"
            + "Content-Type: application/xop+xml; charset=\(charset)\nContent-ID: <root@example.org>\n\n"
        let after = "\n--uuid:4a; b\nContent-ID: <c@example.org>\n\n\n--uuid:4a; b--\nafter the last"
        return Array(before.replacing("\n", with: lineEnd).utf8) + document
            + Array(after.replacing("\n", with: lineEnd).utf8)
    }

    private static let document = "<?xml version=\"1.0\"?>\r\n<r><i><a>甲</a></i>\r\n--uuid:4a\r\n<i><a>乙--</a></i></r>"

    private static func read(
        _ pieces: [[UInt8]], _ type: String = type, setting: String? = nil
    ) throws -> (texts: [String?], total: String?) {
        let specification = try xml("/r/i", ["a"], document: ["/r/t"])
        let form = try #require(MediaType(type).multipart)
        let parser = try makeParser(
            specification, page: 1, charset: CharsetHint(setting: setting), multipart: form)
        var batch = RawBatch(columns: 1)
        for piece in pieces { try parser.feed(piece, into: &batch) }
        let values = try parser.finish(into: &batch)
        return ((0..<batch.count).map { batch.string($0, 0) }, values[0])
    }

    private static func fault(_ body: String, _ type: String) -> Fault? {
        do {
            _ = try read([Array(body.utf8)], type)
            return nil
        } catch {
            return error as? Fault
        }
    }

    @Test(arguments: ["\r\n", "\n"]) func theNamedPartIsReadInAnyPieces(lineEnd: String) throws {
        let body = Self.body(Array(Self.document.utf8), lineEnd: lineEnd)
        for at in 0...body.count {
            #expect(try Self.read([Array(body[..<at]), Array(body[at...])]).texts == ["甲", "乙--"], "cut at \(at)")
        }
        for size in 1...9 {
            #expect(try Self.read(Reading.cut(body, every: size)).texts == ["甲", "乙--"], "pieces of \(size)")
        }
    }

    @Test func aBodyThatBreaksOffIsNoSmallerOne() throws {
        let body = Self.body(Array(Self.document.utf8))
        let document = try #require(body.firstRange(of: Array(Self.document.utf8)))
        for length in 0..<document.upperBound {
            do {
                _ = try Self.read([Array(body[..<length])])
                Issue.record("a body of \(length) bytes was read")
            } catch {
                #expect((error as? Fault)?.code == .sourceTruncated, "\(length) bytes: \(error)")
            }
        }
    }

    @Test func theCharsetOfThePartCounts() throws {
        let document = Array("<r><i><a>".utf8) + [0xBB, 0xE3, 0xCD, 0xA8] + Array("</a></i></r>".utf8)
        #expect(try Self.read([Self.body(document, charset: "gbk")]).texts == ["汇通"])
        #expect(try Self.read([Self.body(document, charset: "latin1")], setting: "GBK").texts == ["汇通"])
    }

    @Test func withoutANameTheFirstPartCounts() throws {
        let body = "--x\r\n\r\n<r><t>2</t><i/></r>\r\n--x\r\n\r\n<r><t>3</t></r>\r\n--x--"
        #expect(try Self.read([Array(body.utf8)], "multipart/mixed; boundary=x").total == "2")
    }

    @Test func whatIsNoSuchBodyIsSaid() throws {
        let type = "multipart/related; boundary=x; start=\"<a>\""
        #expect(Self.fault("--x\r\nContent-ID: <b>\r\n\r\n<r/>\r\n--x--", type)?.code == .sourceUnexpected)
        #expect(Self.fault("<r><i/></r>", type)?.code == .sourceTruncated)
        #expect(Self.fault("", type)?.code == .sourceTruncated)
        let wrapped = "--x\r\nContent-ID: <a>\r\nContent-Transfer-Encoding: BASE64\r\n\r\nPHIvPg==\r\n--x--"
        #expect(Self.fault(wrapped, type)?.message.contains("base64") == true)
        #expect(Self.fault("--x\r\n" + String(repeating: "a", count: 20_000), type)?.code == .sourceTooLarge)
        #expect(Self.fault("--x" + String(repeating: " ", count: 20_000), type)?.code == .sourceTooLarge)
        let long = String(repeating: "x", count: 71)
        #expect(Self.fault("--\(long)\r\n\r\n<r/>", "multipart/related; boundary=\(long)")?.code == .sourceUnexpected)
    }

    /// Bodies put together by chance from what matters: in pieces they are read, or refused, as they are whole.
    @Test func anyBodyIsReadInPiecesAsItIsWhole() throws {
        let tokens = [
            "\r", "\n", "\r\n", "-", "--x", "\n--x", "\r\n--x\r\n", "\r\n--x--", " ", "Content-ID: <a>",
            "Content-ID: <b>\n\n",
            "Content-Type: text/xml; charset=gbk\r\n\r\n", "<r><i><a>1</a></i></r>", "<r>", "<i/>", "</r>", "é",
        ]
        func outcome(_ pieces: [[UInt8]], _ type: String) -> String {
            do {
                return "\(try Self.read(pieces, type))"
            } catch {
                return "refused"
            }
        }
        for _ in 0..<2_000 {
            let text = "--x\n" + (0..<Int.random(in: 1...12)).map { _ in tokens.randomElement() ?? "" }.joined()
            let type = "multipart/related; boundary=x" + (Bool.random() ? "; start=\"<a>\"" : "")
            let body = Array(text.utf8)
            let whole = outcome([body], type)
            #expect(outcome(Reading.cut(body, every: 1), type) == whole, "\(text.debugDescription) as \(type)")
            let place = Int.random(in: 0...body.count)
            #expect(
                outcome([Array(body[..<place]), Array(body[place...])], type) == whole,
                "\(text.debugDescription) as \(type), cut at \(place)")
        }
    }

    @Test(arguments: [
        ("text/xml; charset=gbk", "gbk"), ("text/xml;CHARSET=\"utf-8\" ", "utf-8"), ("text/xml; charset='GBK'", "GBK"),
        ("text/xml; a=\"; charset=x\"; charset=big5", "big5"), ("text/xml; charset=", nil), ("text/xml", nil),
        ("", nil),
    ])
    func parametersOfMediaTypes(type: String, charset: String?) {
        #expect(MediaType(type).charset == charset)
        #expect(MediaType(type).multipart == nil)
    }
}
