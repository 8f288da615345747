import Foundation
import Testing

/// The same Chinese text in a national charset and in UTF-8: what is stored is the twin, byte for byte.
@Suite(.enabled(if: Repository.hasRecording("encodings-cjk-cpython/gb18030.txt")))
struct CharsetInputTests {
    private static let charsets = [("gbk", "GBK"), ("gb18030", "GB18030"), ("gb2312", "GB2312")]

    private static func entry(_ adapter: String, _ with: String) -> String {
        SourceEntry(
            name: "line", adapter: adapter, with: with, key: "number",
            fields: [("number", "from: id, required: true"), ("words", "from: text")]
        ).text
    }

    /// The lines of both files, without empty ones.
    private static func lines(_ file: String) throws -> (sent: [[UInt8]], meant: [String]) {
        let sent = try Repository.recording("encodings-cjk-cpython/\(file).txt")
            .split(separator: UInt8(ascii: "\n")).map(Array.init)
        let meant = try Repository.recordedText("encodings-cjk-cpython/\(file)-utf8.txt").split(separator: "\n")
        #expect(sent.count == meant.count)
        return (sent, meant.map(String.init))
    }

    private static func joined(
        _ lines: [[UInt8]], before: (Int) -> String, after: String, between: String = ""
    ) -> [UInt8] {
        lines.enumerated().flatMap { index, line in
            Array(((index > 0 ? between : "") + before(index)).utf8) + line + Array(after.utf8)
        }
    }

    private static func rows(_ lines: [[UInt8]]) -> [UInt8] {
        Array("<rows>".utf8)
            + joined(lines, before: { "<row><id>\($0)</id><text>" }, after: "</text></row>") + Array("</rows>".utf8)
    }

    private static func check(_ entry: String, _ body: [UInt8], type: String, _ meant: [String]) async throws {
        try await LoopbackSource.serving { _, _ in
            LoopbackSource.Answer(body, type: type)
        } _: { base, _ in
            let exchange = try ExchangeFolder(base: base, entries: ["line": entry])
            let sync = try await exchange.run("sync", "line")
            #expect(sync.status == 0, "\(sync.output) \(sync.complaints)")
            let records = try await exchange.records(of: "line")
            #expect(records.count == meant.count)
            for (index, text) in meant.enumerated() {
                let stored = records[String(index)]?["words"] ?? ""
                #expect(Array(stored.utf8) == Array(text.trimmingCharacters(in: .whitespaces).utf8), "line \(index)")
            }
        }
    }

    @Test(arguments: charsets) func asXML(file: String, charset: String) async throws {
        let (sent, meant) = try Self.lines(file)
        let body = Array("<?xml version=\"1.0\" encoding=\"\(charset)\"?>\n".utf8) + Self.rows(sent)
        try await Self.check(Self.entry("http-xml", "path: /x, records: /rows/row"), body, type: "text/xml", meant)
    }

    @Test(arguments: charsets) func asJSON(file: String, charset: String) async throws {
        let (sent, meant) = try Self.lines(file)
        let body =
            Array("[".utf8)
            + Self.joined(sent, before: { #"{"id":"\#($0)","text":""# }, after: "\"}", between: ",") + Array("]".utf8)
        let type = "application/json; charset=\(charset)"
        try await Self.check(Self.entry("http-json", "path: /x"), body, type: type, meant)
        let plain = Self.entry("http-json", "path: /x, charset: \(charset)")
        try await Self.check(plain, body, type: "application/json", meant)
    }

    /// Old services put a document with a declaration of its own into a CDATA section.
    @Test(arguments: charsets) func insideSOAP(file: String, charset: String) async throws {
        let (sent, meant) = try Self.lines(file)
        let declaration = "<?xml version=\"1.0\" encoding=\"\(charset)\"?>"
        let body =
            Array(
                (declaration + #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>"#
                    + "<queryResponse><return><![CDATA[" + declaration).utf8) + Self.rows(sent)
            + Array("]]></return></queryResponse></s:Body></s:Envelope>".utf8)
        let entry = Self.entry(
            "http-soap",
            "path: /ws, body: '<query/>', wrapper: /Envelope/Body/queryResponse/return, unwrap: [xml], records: /rows/row"
        )
        try await Self.check(entry, body, type: "text/xml", meant)
    }
}
