/// One start of a program: what it is given, and what it may use.
public struct ProgramOrder: Sendable {
    /// The name of an executable in the folder of programs.
    var command: String
    var arguments: [String]
    /// Files of its working folder, by name.
    var files: [String: String]
    /// When it has to have ended.
    var deadline: ContinuousClock.Instant
    /// The time it had, for messages.
    var timeLimit: Duration
    /// MiB of address space of each of its processes.
    var memoryLimit: Int
    /// What may not be seen in its log.
    var secrets: [String]

    /// As a person would type it.
    var line: String { ([command] + arguments).joined(separator: " ") }
}

/// How a program ended.
public struct ProgramEnd: Sendable, Equatable {
    enum Exit: Sendable, Equatable {
        case code(Int)
        case signal(Int)
        /// Whoever read its output had enough.
        case stopped
    }

    var exit: Exit
    /// The last lines of its log, without secrets.
    var lastLines: [String] = []
    /// The file that its log is kept in.
    var log: String?
}
