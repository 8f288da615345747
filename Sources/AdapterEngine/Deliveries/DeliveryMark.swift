import Foundation
import Model

/// Where in a delivery a reading is: what a position keeps to go on there.
struct DeliveryMark: Codable, Equatable {
    /// The marker's name.
    var delivery: String
    /// The delivery as it was when the run began.
    var digest: String
    /// Data files that are read.
    var file = 0
    /// Documents of the file at hand that are read: entries of a zip.
    var entry = 0
    /// Records in documents before the one at hand.
    var before = 0
    /// Records in files before the one at hand.
    var beforeFile = 0
    /// Records promised by the files before the one at hand; a file that promises nothing counts as what it had. Nil while
    /// none promised any.
    var promised: Int?
    /// Records promised by the documents before the one at hand, within the file.
    var promisedInFile: Int?

    init(_ delivery: Delivery) {
        self.delivery = delivery.marker.text
        digest = delivery.digest
    }

    /// - Throws: `run.wrong-state` for a position that was written for another way of reading.
    init?(_ position: Position) throws(Fault) {
        guard let token = position.token else {
            if position.page > 1 || position.record > 0 { throw Self.lost }
            return nil
        }
        guard let mark = try? JSONDecoder().decode(DeliveryMark.self, from: Data(token.utf8)) else { throw Self.lost }
        self = mark
    }

    var token: String? { (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } }

    /// Goes past a document.
    mutating func passDocument(records: Int, promised: Int?) {
        entry += 1
        before += records
        if let promised { promisedInFile = (promisedInFile ?? 0) + promised }
    }

    /// Goes past a file, whose documents are all passed.
    mutating func passFile(_ file: Delivery.File) {
        let records = before - beforeFile
        if let said = file.count ?? promisedInFile {
            promised = (promised ?? beforeFile) + said
        } else if let sum = promised {
            promised = sum + records
        }
        beforeFile = before
        promisedInFile = nil
        entry = 0
        self.file += 1
    }

    private static let lost = Fault(
        .runState, "the position was written for another way of reading",
        advice: "Cancel the run and start another.")
}
