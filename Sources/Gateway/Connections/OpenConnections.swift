import Logging
import NIOCore
import Synchronization

/// The connections of one address, and what waits in them to be sent.
///
/// Where there are as many as there may be, whichever has done nothing for longest makes room for a new one: a caller who
/// holds connections open keeps no other out.
final class OpenConnections: Sendable {
    private let most: Int
    private let open = Mutex<[ObjectIdentifier: OpenConnection]>([:])
    /// Bytes of answers that callers have not taken yet.
    let unsent = Atomic(0)
    private let logger: Logger

    init(most: Int, logger: Logger) {
        self.most = most
        self.logger = logger
    }

    var count: Int { open.withLock { $0.count } }

    /// - Returns: false where there is no room, because all the others are being answered.
    func add(_ connection: OpenConnection) -> Bool {
        let (isIn, displaced) = open.withLock { open -> (Bool, OpenConnection?) in
            guard open.count >= most else {
                open[ObjectIdentifier(connection)] = connection
                return (true, nil)
            }
            let longest = open.values.filter { $0.quietSince != nil }.min {
                $0.quietSince ?? .distantFuture < $1.quietSince ?? .distantFuture
            }
            guard let longest else { return (false, nil) }
            open[ObjectIdentifier(longest)] = nil
            open[ObjectIdentifier(connection)] = connection
            return (true, longest)
        }
        if let displaced {
            logger.debug("a quiet connection made room for a new one")
            displaced.channel.close(promise: nil)
        }
        return isIn
    }

    func remove(_ connection: OpenConnection) {
        open.withLock { open in
            if open[ObjectIdentifier(connection)] === connection { open[ObjectIdentifier(connection)] = nil }
        }
    }
}

/// One connection, as far as others may know of it.
final class OpenConnection: Sendable {
    let channel: any Channel
    /// Nanoseconds of the loops' clock; 0 while something is done.
    private let quiet = Atomic<UInt64>(0)

    init(_ channel: any Channel) { self.channel = channel }

    /// Since when it waits for a request, or for its caller to take an answer; nil while it does not.
    var quietSince: NIODeadline? {
        get {
            let nanoseconds = quiet.load(ordering: .relaxed)
            return nanoseconds == 0 ? nil : .uptimeNanoseconds(nanoseconds)
        }
        set { quiet.store(newValue?.uptimeNanoseconds ?? 0, ordering: .relaxed) }
    }
}
