import Foundation
import Model

/// Standard output and standard error.
enum Console {
    /// A line for people on standard output; whatever a department wrote in it steers no terminal.
    static func line(_ text: String = "") {
        write(Array((VisibleText.lines(text, styles: Style().sequences) + "\n").utf8))
    }

    /// Bytes on standard output. A reader that went away (`| head`) ends the command quietly.
    static func write(_ bytes: [UInt8]) {
        do { try FileHandle.standardOutput.write(contentsOf: Data(bytes)) } catch { exit(0) }
    }

    /// A value as JSON on standard output.
    static func json(_ value: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        if let data = try? encoder.encode(value) { write(Array(data) + [0x0A]) }
    }

    /// A line for people on standard error.
    static func note(_ text: String) {
        noteBytes(VisibleText.lines(text, styles: Style(STDERR_FILENO).sequences) + "\n")
    }

    /// The line that shows how far something has come: written over on a terminal, left out elsewhere.
    static func progress(_ text: String) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        noteBytes("\r\u{1B}[2K" + VisibleText.oneLine(text))
    }

    /// A fault, once, for a person: what, what to do, and under which code to find it.
    static func fault(_ fault: Fault) {
        let style = Style(STDERR_FILENO)
        note("\(style.red("error:")) \(fault.message)")
        if let advice = fault.advice { note("  \(advice)") }
        let place = fault.context.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        note(style.dim("  \(fault.code.rawValue)" + (place.isEmpty ? "" : " (\(place))")))
    }

    private static func noteBytes(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}

/// Colour, on a terminal only, and never where `NO_COLOR` asks for none.
struct Style {
    private let isColoured: Bool

    init(_ descriptor: Int32 = STDOUT_FILENO) {
        isColoured = isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    func bold(_ text: String) -> String { paint(text, "1") }
    func dim(_ text: String) -> String { paint(text, "2") }
    func red(_ text: String) -> String { paint(text, "31") }
    func green(_ text: String) -> String { paint(text, "32") }
    func yellow(_ text: String) -> String { paint(text, "33") }

    /// A run's state in the colour of what it asks for.
    func state(_ state: Run.State) -> String {
        switch state {
        case .published: green(state.rawValue)
        case .held: yellow(state.rawValue)
        case .failed: red(state.rawValue)
        case .queued, .fetching, .judging, .cancelled: state.rawValue
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    /// All that `paint` may write; none where there is no colour.
    var sequences: [String] { isColoured ? ["0", "1", "2", "31", "32", "33"].map { "\u{1B}[\($0)m" } : [] }
}
