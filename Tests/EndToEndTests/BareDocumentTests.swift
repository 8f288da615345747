import Foundation
import Testing

/// What may come where an object was expected, as publishers of contracting data sent it.
@Suite(.enabled(if: Repository.hasRecording("credit-ocds-realdata/tests/fixtures/detect-format_object.json")))
struct BareDocumentTests {
    private static let folder = "credit-ocds-realdata/tests/fixtures/"

    /// A body, what comes of it where each document is a record, and what where records are its `rows`.
    static let bodies: [(file: String, outcome: Outcome, within: Outcome)] = [
        ("detect-format_whitespace", .read(1), .fails("the answer has no /rows")),
        ("detect-format_array", .read(0), .fails("the answer has no /rows")),
        ("detect-format_object", .read(0), .fails("the answer has no /rows")),
        ("detect-format_null", .read(0), .fails("the answer has no /rows")),
        (
            "detect-format_true", .fails("the answer is no list of records, and no record"),
            .fails("the answer has no /rows")
        ),
        (
            "detect-format_false", .fails("the answer is no list of records, and no record"),
            .fails("the answer has no /rows")
        ),
        (
            "detect-format_number", .fails("the answer is no list of records, and no record"),
            .fails("the answer has no /rows")
        ),
        (
            "detect-format_string", .fails("the answer is no list of records, and no record"),
            .fails("the answer has no /rows")
        ),
        ("detect-format_mixed", .fails("not JSON at byte 110"), .fails("not JSON at byte 110")),
    ]

    enum Outcome: Sendable {
        case read(Int)
        case fails(String)
    }

    @Test func eachIsReadOrItsReasonSaid() async throws {
        try await LoopbackSource.serving { path, _ in
            LoopbackSource.Answer(try Repository.recording(Self.folder + path.dropFirst() + ".json"))
        } _: { base, _ in
            for (file, outcome, within) in Self.bodies {
                for (records, outcome) in [("", outcome), (", records: /rows", within)] {
                    let entry = SourceEntry(
                        name: "release", adapter: "http-json", with: "path: /\(file)\(records)", key: "ocid",
                        fields: [("ocid", "required: true"), ("made", "from: date, type: datetime")])
                    let exchange = try ExchangeFolder(base: base, entries: ["release": entry.text])
                    let sync = try await exchange.run("sync", "release")
                    switch outcome {
                    case .read(let count):
                        #expect(sync.status == 0, "\(file): \(sync.complaints)")
                        #expect(try await exchange.records(of: "release").count == count, "\(file)")
                    case .fails(let words):
                        #expect(sync.status == 1, "\(file)")
                        #expect(sync.complaints.contains(words), "\(file): \(sync.complaints)")
                    }
                }
            }
        }
    }
}
