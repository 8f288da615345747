import Foundation
import Model

/// A name in a folder, and nothing that leads out of it.
struct FileName: Sendable, Hashable, Comparable {
    static let bytesAtMost = 255

    let text: String

    /// Nil for what is empty, hidden, too long, a path, or not fit to be shown.
    init?(_ text: String) {
        guard (1...Self.bytesAtMost).contains(text.utf8.count), !text.hasPrefix("."), !text.contains("/"),
            !text.contains("\\"),
            text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f && $0 != "\u{fffd}" })
        else { return nil }
        self.text = text
    }

    /// Without what follows the last point.
    var stem: String {
        guard let point = text.lastIndex(of: "."), point != text.startIndex else { return text }
        return String(text[..<point])
    }

    /// By bytes, which is the order of numbered and dated names.
    static func < (left: FileName, right: FileName) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

/// A pattern of names, as a shell has them: `*`, `?` and `[…]` (POSIX, section 2.13).
struct NamePattern: Sendable {
    let text: String

    func matches(_ name: String) -> Bool { fnmatch(text, name, FNM_PERIOD) == 0 }

    /// The pattern with `{stem}` replaced, where nothing in the stem is a sign of its own.
    func with(stem: String) -> NamePattern {
        let plain = stem.map { "*?[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        return NamePattern(text: text.replacing("{stem}", with: plain))
    }
}
