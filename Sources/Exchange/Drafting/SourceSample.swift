import Foundation
import Model

/// A few records of a source that nobody has described yet, and where they stood.
public struct SourceSample: Sendable, Equatable {
    /// One value of a record: its path from the record, and whether the source wrote it as a number.
    public struct Value: Sendable, Equatable {
        public var path: String
        public var text: String
        public var isNumber: Bool
    }

    public var format: SourceFormat
    /// Path of the array of records, or of a record's element.
    public var recordsPath: String
    /// Path of the number that promises how many records there are.
    public var totalPath: String?
    public var records: [[Value]]

    /// Looks into an answer.
    ///
    /// - Parameter recordsPath: where the records are; nil looks for the largest list.
    /// - Throws: `source.unexpected` where no records are found.
    public init(_ body: [UInt8], recordsPath: String? = nil) throws(Fault) {
        let first = body.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
        if first == UInt8(ascii: "<") {
            self = try XMLSample.read(body, recordsPath: recordsPath)
        } else {
            self = try JSONSample.read(body, recordsPath: recordsPath)
        }
    }

    init(format: SourceFormat, recordsPath: String, totalPath: String?, records: [[Value]]) {
        self.format = format
        self.recordsPath = recordsPath
        self.totalPath = totalPath
        self.records = records
    }

    static func nothing(_ advice: String) -> Fault {
        Fault(.sourceUnexpected, "no records are found in the answer", advice: advice)
    }

    /// Records that are looked at.
    static let most = 500
}
