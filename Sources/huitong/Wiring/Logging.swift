import Foundation
import Logging
import Model

/// How the daemon logs: a line an event on standard error, without anything of a record.
enum Logging {
    /// What a line looks like.
    enum Format: String, CaseIterable, Sendable {
        /// Text on a terminal, JSON elsewhere.
        case auto
        case text, json
    }

    static func logger(_ label: String, settings: Settings) -> Logger {
        let isText =
            switch settings.logFormat {
            case .auto: isatty(STDERR_FILENO) == 1
            case .text: true
            case .json: false
            }
        var logger = Logger(label: label) { _ in LineLogHandler(isText: isText) }
        logger.logLevel = settings.logLevel
        return logger
    }
}

/// Writes an event as one line: whatever a department or caller made part of a message, it ends no line and moves no cursor.
struct LineLogHandler: LogHandler {
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()
    var metadataProvider: Logger.MetadataProvider?
    let isText: Bool
    var now: @Sendable () -> Double = { Date().timeIntervalSince1970 }
    var write: @Sendable (String) -> Void = { line in
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }

    init(isText: Bool) { self.isText = isText }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata
        if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
        if let more = event.metadata { fields.merge(more) { $1 } }
        write(isText ? text(event.level, event.message, fields) : json(event.level, event.message, fields))
    }

    private func text(_ level: Logger.Level, _ message: Logger.Message, _ fields: Logger.Metadata) -> String {
        let named = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
        let line = "\(ChinaTime.text(now())) \(level.rawValue) \(message)\(named)"
        return VisibleText.oneLine(line) + "\n"
    }

    /// Names of RFC 8259 members come in one order: when, how grave, what, and then what it is about.
    private func json(_ level: Logger.Level, _ message: Logger.Message, _ fields: Logger.Metadata) -> String {
        let known = [("time", ChinaTime.text(now())), ("level", level.rawValue), ("message", "\(message)")]
        let named = fields.sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let members = (known + named).map { "\(LineLogHandler.quoted($0.0)):\(LineLogHandler.quoted($0.1))" }
        return "{\(members.joined(separator: ","))}\n"
    }

    private static func quoted(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let encoded = try? encoder.encode(text)
        return encoded.map { VisibleText.oneLine(String(decoding: $0, as: UTF8.self)) } ?? "\"\""
    }
}
