import District
import Foundation
import Model

/// The departments of the demo, running as long as its exchange does.
enum DemoDistrict {
    /// Starts the departments' systems, does something with them, and stops them.
    ///
    /// - Throws: `settings.address-in-use` where one of the ports is taken.
    static func running(
        from first: Int, outbox: URL, _ work: @escaping @Sendable (District, District.Ports) async throws -> Void
    ) async throws {
        let ports = first == 0 ? District.Ports.free : District.Ports(from: first)
        let district = District(ports: ports, outbox: outbox)
        let (bound, announce) = AsyncStream<District.Ports>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { announce.finish() }
                do {
                    try await district.run { announce.yield($0) }
                } catch is CancellationError {
                } catch {
                    throw Fault(
                        .addressInUse, "the departments' systems cannot listen on ports \(first) to \(first + 5)",
                        advice: "Choose other ports: huitong demo --district-port 28101, or 0 for any free ones.")
                }
            }
            for await ports in bound {
                do { try await work(district, ports) } catch {
                    group.cancelAll()
                    throw error
                }
                break
            }
            group.cancelAll()
            do { try await group.waitForAll() } catch is CancellationError {}
        }
    }
}
