/// Which texts have an apostrophe before them in CSV, so that no spreadsheet runs them and each can be had back
/// (docs/decisions/0010).
public enum FormulaGuard {
    /// Whether it begins as a formula does, in ASCII or full width, or with the guard itself.
    public static func isNeeded(_ text: UnsafeRawBufferPointer) -> Bool {
        switch text.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "'"),
            0x09, 0x0A, 0x0D:
            true
        // ＝, ＋, － and ＠
        case 0xEF where text.count > 2 && text[1] == 0xBC: [0x9D, 0x8B, 0x8D, 0xA0].contains(text[2])
        default: false
        }
    }
}
