import Foundation
import Logging

/// How many files, sockets among them, this process may have open.
enum FileDescriptors {
    /// What the store, runs, programs and the schedule need beside callers' connections.
    static let reserve = 512

    /// Raises the limit as far as the system lets this user; the one that a login begins with is for people.
    ///
    /// - Returns: the limit there is now.
    static func raise() -> Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
        var raised = limit
        raised.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65_536 * 2))
        if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        return Int(clamping: limit.rlim_cur)
    }

    /// As many connections as there are files for, with a word where those are fewer than was set.
    static func connections(_ wanted: Int, logger: Logger) -> Int {
        let limit = raise()
        let most = max(16, limit - reserve)
        guard most < wanted else { return wanted }
        logger.warning("only \(most) connections are served: this process may open no more than \(limit) files")
        return most
    }
}
