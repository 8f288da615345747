import GRDB

/// The id of a record with a single plain key, as SQL: bytes `A-Z a-z 0-9 . - _` stay, others become `~XX`.
///
/// It is what normalising makes of such a key; subjects need it for records that name a thing in another field.
enum RecordIDFunction {
    static let function = DatabaseFunction("record_id", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).map(id)
    }

    static func id(_ key: String) -> String {
        var text: [UInt8] = []
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                text.append(byte)
            default:
                text.append(UInt8(ascii: "~"))
                text.append(contentsOf: (byte < 16 ? "0" : "").utf8)
                text.append(contentsOf: String(byte, radix: 16, uppercase: true).utf8)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
