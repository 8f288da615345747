import Foundation
import Model

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A pipe that nothing is written to: who holds its reading end learns that this process is gone, however it went.
///
/// A program runs in a session of its own, which no Ctrl-C reaches, and a process that is killed can kill nobody. So
/// something that waits at this pipe kills the program's group when it ends.
final class Lifeline: Sendable {
    /// For the program's standard input; whoever starts it closes it.
    let readingEnd: FileDescriptor
    private let writingEnd: FileDescriptor

    /// - Throws: `unavailable` where no more files can be opened.
    init() throws(Fault) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw Fault(
                .unavailable, "no pipe can be made: \(String(cString: strerror(errno)))",
                advice: "Raise the number of files that huitong may open (ulimit -n).")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        readingEnd = FileDescriptor(rawValue: ends[0])
        writingEnd = FileDescriptor(rawValue: ends[1])
    }

    deinit { try? writingEnd.close() }

    /// What a shell does before it becomes the program, whose standard input is empty: it leaves a watch behind that is
    /// nobody's child, so that a program that waits for all of its children does not wait for that one.
    static let watch = """
        exec 3<&0 </dev/null
        ( ( exec >/dev/null 2>&1; read -r _ <&3; kill -s KILL 0 ) & )
        exec 3<&-
        """
}
