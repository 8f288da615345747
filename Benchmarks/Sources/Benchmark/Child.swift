import Foundation

/// A process of its own, so that its peak of memory is its own: this program again, or another.
///
/// Linux counts the memory of the process that started it in: whoever starts children to be measured has to stay small.
struct Child {
    private let id: pid_t
    private let output: FileHandle

    /// This program again.
    init(_ arguments: [String]) throws {
        try self.init(program: "/proc/self/exe", named: CommandLine.arguments[0], arguments)
    }

    /// - Parameters:
    ///   - program: a path, or a name that is looked for where programs are.
    ///   - name: what the program sees as its own name.
    ///   - log: the file that gets what it writes to standard error; else that goes where ours goes.
    init(program: String, named name: String? = nil, _ arguments: [String], log: String? = nil) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Failure("no pipe: errno \(errno)") }
        // Or a later child would hold this one's pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        if let log {
            posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        }
        // A thread that runs tasks blocks signals, and a child would inherit that: nothing but SIGKILL would end it.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        let words = ([name ?? program] + arguments).map { strdup($0) }
        defer { for word in words { free(word) } }
        var id = pid_t()
        let result = posix_spawnp(&id, program, &actions, &attributes, words + [nil], environ)
        close(ends[1])
        output = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        guard result == 0 else { throw Failure("cannot start \(arguments.joined(separator: " ")): errno \(result)") }
        self.id = id
    }

    /// The first line that the child prints.
    func firstLine() -> String {
        var line: [UInt8] = []
        while let byte = output.readData(ofLength: 1).first, byte != UInt8(ascii: "\n") { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    func stop() { kill(id, SIGTERM) }

    /// What a child leaves behind.
    struct Remains {
        /// What it printed since its first line was read, or all of it.
        let output: String
        /// Bytes of resident memory at its highest.
        let peakMemory: Int
        let processorSeconds: Double
    }

    /// Waits until the child is done.
    ///
    /// - Throws: where it did not end well.
    @discardableResult
    func wait() throws -> Remains {
        let text = String(decoding: output.readDataToEndOfFile(), as: UTF8.self)
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(id, &status, 0, &usage) == id else { throw Failure("cannot wait: errno \(errno)") }
        guard status == 0 || status & 0x7F == SIGTERM else { throw Failure("a child failed with status \(status)") }
        let seconds = [usage.ru_utime, usage.ru_stime].map { Double($0.tv_sec) + Double($0.tv_usec) / 1e6 }
        return Remains(output: text, peakMemory: usage.ru_maxrss * 1024, processorSeconds: seconds[0] + seconds[1])
    }
}
