/// What people type where a form insists on a number and there is none: `000000000000000000`.
///
/// Some of these follow every rule of their standard, check digit included, and would make one person or firm of all who
/// have no number.
public enum Filler {
    /// Whether a text is one character over and over.
    public static func holds(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count > 1 else { return false }
        let first = bytes[0]
        for index in 1..<bytes.count where bytes[index] != first { return false }
        return true
    }
}
