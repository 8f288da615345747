import Testing

@testable import huitong

/// What a terminal is given does not steer it.
@Suite struct VisibleTextTests {
    private static let styles = ["\u{1B}[31m", "\u{1B}[0m"]

    @Test(arguments: [
        ("甲\n乙\t1", "甲\n乙\t1"), ("a\u{1B}[2Jb", "a\\u001b[2Jb"), ("a\rb\r\n", "a\\u000db\\u000d\n"),
        ("\u{9B}31m", "\\u009b31m"), ("\u{202E}三张\u{202C}", "\\u202e三张\\u202c"), ("a\u{0}", "a\\u0000"),
        ("\u{200B}\u{2028}\u{FEFF}", "\\u200b\\u2028\\ufeff"), ("\u{E0041}", "\\udb40\\udc41"),
        ("\u{E000}", "\u{E000}"),
        ("\u{1B}[31m错\u{1B}[0m", "\\u001b[31m错\\u001b[0m"), ("", ""),
    ])
    func withoutColour(_ text: String, _ shown: String) { #expect(VisibleText.lines(text) == shown) }

    @Test(arguments: [
        ("\u{1B}[31m错\u{1B}[0m", "\u{1B}[31m错\u{1B}[0m"), ("\u{1B}[8mhidden", "\\u001b[8mhidden"),
        ("\u{1B}[31m\u{1B}]0;title\u{7}\u{1B}[0m", "\u{1B}[31m\\u001b]0;title\\u0007\u{1B}[0m"), ("\u{1B}", "\\u001b"),
        ("\u{1B}\u{1B}[0m\r", "\\u001b\u{1B}[0m\\u000d"),
    ])
    func ownColoursAlone(_ text: String, _ shown: String) {
        #expect(VisibleText.lines(text, styles: Self.styles) == shown)
    }

    @Test func aLogHasOneLine() { #expect(VisibleText.oneLine("a\nb\u{E000}") == "a\\u000ab\\ue000") }
}
