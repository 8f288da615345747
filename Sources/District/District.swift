import FoundationEssentials
import Hummingbird
import Logging

/// A district in a box: the systems of six departments as real HTTP servers on loopback, with invented records that are
/// partly wrong in the ways departments' records are, and that change while it runs.
///
/// The same seed and sizes give the same first state on every machine.
public struct District: Sendable {
    /// Credentials by the names that the catalogue knows them under. They guard nothing but invented records.
    public static let secrets = [
        "police-population-token": "wangcheng-population-2026",
        "market-core-secret": "wangcheng-market-2026",
        "rural-collective-key": "wangcheng-collective-2026",
        "e-licence-password": "wangcheng-licence-2026",
    ]

    /// The public half of the market register's credential.
    public static let marketAppKey = "wangcheng-exchange"

    /// The name that the exchange logs in to the licence system with.
    public static let eLicenceUser = "exchange"

    private let systems: [any DepartmentSystem]
    private let ports: Ports
    private let pace: Duration?
    private let clock: @Sendable () -> Int
    private let outbox: PopulationOutbox?

    /// - Parameters:
    ///   - pace: how often time passes; nil leaves that to `advance`.
    ///   - outbox: the folder that the police deliver residents into, once ``deliver()`` was called and about once a minute
    ///     from then on; nil for none.
    ///   - clock: seconds since 1970.
    public init(
        seed: UInt64 = 430_112, ports: Ports = Ports(), sizes: Sizes = Sizes(), pace: Duration? = .seconds(5),
        outbox: URL? = nil,
        clock: @escaping @Sendable () -> Int = { Int(Date().timeIntervalSince1970) }
    ) {
        self.ports = ports
        self.pace = pace
        self.clock = clock
        let listings = DistrictListings(seed: seed, sizes: sizes)
        let register = Desk(listings.residents)
        self.outbox = outbox.map { PopulationOutbox(residents: register, folder: $0) }
        systems = listings.systems(register: register, outbox: self.outbox, clock: clock)
    }

    /// Delivers what is delivered as files, as it is now.
    ///
    /// - Throws: what the file system says.
    public func deliver() async throws { try await outbox?.deliver() }

    /// Serves until the task is cancelled or the process is asked to stop.
    ///
    /// - Parameter ready: called once, when all servers listen, with the ports they listen on.
    /// - Throws: what the network says, when a port is taken.
    public func run(ready: @escaping @Sendable (Ports) async -> Void = { _ in }) async throws {
        let (bound, announce) = AsyncStream.makeStream(of: (Int, Int).self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, system) in systems.enumerated() {
                let server = server(for: system, port: ports.list[index]) { announce.yield((index, $0)) }
                group.addTask { try await server.run() }
            }
            group.addTask {
                var list = [Int](repeating: 0, count: systems.count)
                for await (index, port) in bound.prefix(systems.count) { list[index] = port }
                if !Task.isCancelled { await ready(Ports(list: list)) }
                try await letTimePass()
            }
            // The first server to stop, by order or by mishap, stops the others.
            try await group.next()
            group.cancelAll()
        }
    }

    /// Lets time pass once in every system.
    ///
    /// - Parameter tick: counted from 1; some listings change seldom.
    public func advance(tick: Int = 1) async {
        for system in systems { await system.advance(tick: tick, now: clock()) }
    }

    private func letTimePass() async throws {
        guard let pace else { return try await Task.sleep(for: .seconds(.max / 4)) }
        for tick in 1... {
            try await Task.sleep(for: pace)
            await advance(tick: tick)
        }
    }

    private func server(
        for system: any DepartmentSystem, port: Int, listening: @escaping @Sendable (Int) -> Void
    ) -> some ApplicationProtocol {
        var logger = Logger(label: "district")
        // What stops a server is thrown; an order to stop is no error.
        logger.logLevel = .critical
        return Application(
            router: system.routes(),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: port), serverName: "district"),
            onServerRunning: { channel in listening(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
