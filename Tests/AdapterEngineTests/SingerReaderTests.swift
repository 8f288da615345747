import Model
import Testing

@testable import AdapterEngine

/// Messages of Singer, however they are cut.
@Suite struct SingerReaderTests {
    private static func reader(
        isSnapshot: Bool = true, known: String? = nil, goesOn: Bool = false, stream: String = "things",
        lineLimit: Int = 1 << 20
    ) throws -> SingerReader {
        try SingerReader(
            stream: stream,
            columns: [try SourcePath("id", format: .json), try SourcePath("name", format: .json)].map {
                $0.below("record")
            },
            versions: StreamVersions(isSnapshot: isSnapshot, known: known, goesOn: goesOn), lineLimit: lineLimit)
    }

    /// Ids and names that come of an output, and its state; or what was wrong.
    private static func read(
        _ chunks: [[UInt8]], with reader: SingerReader? = nil
    ) async throws -> (records: [String], state: String?, fault: Fault?, reader: SingerReader) {
        var reader = try reader ?? Self.reader()
        var records: [String] = []
        do {
            for chunk in chunks { try reader.feed(chunk) }
            try reader.finish()
            var summary = ReadingSummary()
            try await reader.hand(
                over: { batch, _ in
                    for record in 0..<batch.count {
                        records.append("\(batch.string(record, 0) ?? "-") \(batch.string(record, 1) ?? "-")")
                    }
                }, counting: &summary)
            return (records, reader.state, nil, reader)
        } catch {
            return (records, reader.state, error, reader)
        }
    }

    private static func read(
        lines: [String], with reader: SingerReader? = nil
    ) async throws -> (records: [String], state: String?, fault: Fault?, reader: SingerReader) {
        try await read([Array((lines.joined(separator: "\n") + "\n").utf8)], with: reader)
    }

    private static let output = [
        #"{"type": "STATE", "value": {}}"#, ProgramShelf.schema,
        #"{"type":"SCHEMA","stream":"other","schema":{"a":"}{\"[\\"},"key_properties":[]}"#,
        #"{"type":"RECORD","stream":"things","record":{"id":1,"name":"\u7b2c一\n","deep":[{"x":"]}\\\""}]}}"#,
        #"{"record":{"name":"二","id":2},"time_extracted":"2026","stream":"th\u0069ngs","type":"REC\u004fRD"}"#, "",
        #"{"type":"RECORD","stream":"other","record":{"id":9}}"#,
        #"{"type":"RECORD","stream":"things","record":{"id":3}}"#,
        #"{"type":"STATE","value":{"bookmarks":{"things":{"at":"三"}}}}"#,
    ].joined(separator: "\n")
    private static let records = ["1 第一\n", "2 二", "3 -"]

    @Test func anOutputIsReadTheSameHoweverItIsCut() async throws {
        let bytes = Array(Self.output.utf8)
        for cut in 0...bytes.count {
            let got = try await Self.read([Array(bytes[..<cut]), Array(bytes[cut...])])
            #expect(got.fault == nil && got.records == Self.records, "cut at \(cut)")
            #expect(got.state == #"{"bookmarks":{"things":{"at":"三"}}}"#)
        }
        let got = try await Self.read(bytes.map { [$0] })
        #expect(got.records == Self.records)
        #expect(got.reader.passed == 1)
        #expect(got.reader.keyProperties == #"["id"]"#)
    }

    @Test func anOutputThatBreaksOffIsAFaultOrEndsAtALine() async throws {
        let bytes = Array(Self.output.utf8)
        for length in 0..<bytes.count {
            let got = try await Self.read([Array(bytes[..<length])])
            let isWhole = bytes[length] == UInt8(ascii: "\n") || length == 0 || bytes[length - 1] == UInt8(ascii: "\n")
            if isWhole {
                #expect(got.fault == nil || got.fault?.code == .sourceUnexpected, "\(length)")
            } else {
                #expect(got.fault?.code == .sourceTruncated, "\(length): \(got.fault as Any)")
            }
        }
    }

    @Test(arguments: [
        ("not json", FaultCode.sourceMalformed), ("[1]", .sourceMalformed), ("{", .sourceMalformed),
        (#"{"type":"RECORD"} {"type":"STATE","value":1}"#, .sourceMalformed),
        (#"{"type":"RECORD","stream":"things","record":{"id":[}]}"#, .sourceMalformed),
        (#"{"type":"RECORD","stream":"things","record":{"id":01}}"#, .sourceMalformed),
        (#"{"type":"RECORD","stream":"other","record":{"id":01}}"#, .sourceMalformed),
        (#"{"type":"STATE","value":{"a":tru}}"#, .sourceMalformed),
        (#"{"type":"RECORD","stream":"things","record":{"id":"\#u{1}"}}"#, .sourceMalformed),
        (#"{"type":"RECORD","stream":"things","record":[{"id":1},{"id":2}]}"#, .sourceUnexpected),
        (#"{"type":"RECORD","stream":"things"}"#, .sourceUnexpected),
        (#"{"type":"RECORD","record":{"id":1}}"#, .sourceUnexpected),
        (#"{"type":"RECORD","stream":7,"record":{"id":1}}"#, .sourceUnexpected),
        (#"{"type":"BATCH","stream":"things","manifest":[]}"#, .sourceUnexpected),
        (#"{"type":"","stream":"things"}"#, .sourceUnexpected), (#"{"type":null}"#, .sourceUnexpected),
        (#"{"stream":"things","record":{"id":1}}"#, .sourceUnexpected), ("{}", .sourceUnexpected),
        (#"{"type":"STATE"}"#, .sourceUnexpected),
        (#"{"type":"ACTIVATE_VERSION","stream":"things"}"#, .sourceUnexpected),
        (String(repeating: "[", count: 100_000), .sourceMalformed),
        (
            #"{"type":"RECORD","stream":"things","record":{"id":"# + String(repeating: "[", count: 999)
                + String(repeating: "]", count: 999) + "}}", .sourceTooLarge
        ),
    ])
    func whatIsNoMessageIsNamedByItsLine(_ line: String, _ code: FaultCode) async throws {
        let got = try await Self.read(lines: [
            ProgramShelf.schema, ProgramShelf.record(1), ProgramShelf.record(2), line, ProgramShelf.record(3),
        ])
        #expect(got.fault?.code == code, "\(got.fault as Any)")
        #expect(got.fault?.context["line"] == "4", "\(got.fault as Any)")
        #expect(got.fault?.message.contains("line 4") == true)
    }

    @Test func bytesThatAreNoUTF8AreRefused() async throws {
        let line =
            Array(#"{"type":"RECORD","stream":"things","record":{"name":""#.utf8) + [0xC4, 0xE3] + Array("\"}}\n".utf8)
        let got = try await Self.read([Array((ProgramShelf.schema + "\n").utf8) + line])
        #expect(got.fault?.code == .sourceEncoding && got.fault?.context["line"] == "2", "\(got.fault as Any)")
    }

    @Test func wordsAreThoseOfAProgramAndItsLines() async throws {
        let head = [ProgramShelf.schema] + (1...50).map { ProgramShelf.record($0) }
        let number = try await Self.read(lines: head + [#"{"type":"RECORD","stream":"things","record":{"id":NaN}}"#])
        #expect(number.fault?.message.hasPrefix("line 52 of the program's output is not JSON: NaN") == true)
        #expect(number.fault?.context["byte"] == nil, "a byte of all records says nothing about the line")
        let batch = try await Self.read(lines: head + [#"{"type":"BATCH","stream":"things","manifest":[]}"#])
        #expect(batch.fault?.advice?.contains("batch_config") == true)
        let line =
            Array(#"{"type":"RECORD","stream":"things","record":{"name":""#.utf8) + [0xC4, 0xE3] + Array("\"}}\n".utf8)
        let charset = try await Self.read([Array((ProgramShelf.schema + "\n").utf8) + line])
        #expect(charset.fault?.message == "line 2 of the program's output is not in UTF-8")
        #expect(charset.fault?.advice?.contains("entry") == false)
    }

    @Test func anEmptyRecordIsARecord() async throws {
        let got = try await Self.read(
            lines: [ProgramShelf.schema, #"{"type":"RECORD","stream":"things","record":{}}"#])
        #expect(got.records == ["- -"])
    }

    @Test func aSchemaComesFirst() async throws {
        let early = try await Self.read(lines: [ProgramShelf.record(1), ProgramShelf.schema])
        #expect(early.fault?.code == .sourceUnexpected && early.fault?.context["line"] == "1")
        let none = try await Self.read(lines: [#"{"type":"SCHEMA","stream":"others","schema":{}}"#])
        #expect(none.fault?.message.contains("it has others") == true)
    }

    @Test func aLineHasALimit() async throws {
        let reader = try Self.reader(lineLimit: 200)
        let got = try await Self.read(
            [Array((ProgramShelf.schema + "\n").utf8)] + (0..<30).map { _ in Array("{\"a\":\"bcdefghij".utf8) },
            with: reader)
        #expect(got.fault?.code == .sourceTooLarge && got.fault?.context["line"] == "2")
        let whole = try await Self.read(
            lines: [ProgramShelf.schema, ProgramShelf.record(1, name: String(repeating: "x", count: 300))], with: reader
        )
        #expect(whole.fault?.code == .sourceTooLarge)
    }

    @Test func theLastStateCounts() async throws {
        let got = try await Self.read(
            lines: [
                #"{"type":"STATE","value":{"a":1}}"#, ProgramShelf.schema, #"{"type":"STATE","value":{"b": 2.50}}"#,
                ProgramShelf.record(1), #"{"type":"STATE","value":null}"#,
            ])
        #expect(got.state == #"{"b": 2.50}"#)
    }

    // MARK: - Versions

    private static func activation(_ version: Int) -> String {
        #"{"type":"ACTIVATE_VERSION","stream":"things","version":\#(version)}"#
    }

    @Test func recordsOfAnotherVersionThanTheActivatedAreNotKept() async throws {
        let got = try await Self.read(
            lines: [
                ProgramShelf.schema, Self.activation(2), ProgramShelf.record(1, version: 1),
                ProgramShelf.record(2, version: 2), ProgramShelf.record(3), Self.activation(2),
                #"{"type":"ACTIVATE_VERSION","stream":"other","version":9}"#,
            ])
        #expect(got.records == ["2 n", "3 n"])
        #expect(got.reader.versions.dropped == 1 && got.reader.versions.activated == "2")
    }

    @Test func versionsAreNeverMixed() async throws {
        let mixtures = [
            [ProgramShelf.record(1, version: 1), ProgramShelf.record(2, version: 2), Self.activation(2)],
            [ProgramShelf.record(1, version: 1), Self.activation(2)],
            [
                Self.activation(1), ProgramShelf.record(1, version: 1), ProgramShelf.record(2, version: 2),
                Self.activation(2),
            ],
            [Self.activation(1), ProgramShelf.record(2, version: 2), Self.activation(2)],
        ]
        for lines in mixtures {
            let got = try await Self.read(lines: [ProgramShelf.schema] + lines)
            #expect(got.fault?.code == .sourceUnexpected && got.fault?.context["stream"] == "things", "\(lines)")
        }
        let open = try await Self.read(lines: [ProgramShelf.schema, ProgramShelf.record(1, version: 1)])
        #expect(open.fault?.code == .sourceTruncated)
    }

    @Test func changesKeepTheVersionTheyBelongTo() async throws {
        let lines = [ProgramShelf.schema, Self.activation(1), ProgramShelf.record(1, version: 1)]
        let same = try await Self.read(lines: lines, with: Self.reader(isSnapshot: false, known: "1", goesOn: true))
        #expect(same.fault == nil && same.records == ["1 n"])
        let anew = try await Self.read(lines: lines, with: Self.reader(isSnapshot: false, known: "0", goesOn: true))
        #expect(anew.fault?.code == .sourceUnexpected)
        #expect(anew.fault?.advice?.contains("delivers: snapshot") == true)
        let unversioned = try await Self.read(
            lines: [ProgramShelf.schema, ProgramShelf.record(1, version: 1)],
            with: Self.reader(isSnapshot: false, known: "1", goesOn: true))
        #expect(unversioned.fault == nil)
    }
}
