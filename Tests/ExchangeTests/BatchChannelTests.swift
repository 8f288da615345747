import Model
import Testing

@testable import Exchange

@Suite struct BatchChannelTests {
    @Test func handsOverInOrderAndWaitsForRoom() async throws {
        let channel = BatchChannel<Int>(capacity: 1)
        let sending = Task {
            for number in 0..<100 { try await channel.send(number) }
            channel.finish()
        }
        var received: [Int] = []
        while let number = try await channel.next() { received.append(number) }
        try await sending.value
        #expect(received == Array(0..<100))
    }

    @Test func aSenderDoesNotRunAhead() async throws {
        let channel = BatchChannel<Int>(capacity: 2)
        let progress = AsyncStream<Int>.makeStream()
        let sending = Task {
            for number in 0..<4 {
                try await channel.send(number)
                progress.continuation.yield(number)
            }
        }
        var sent = progress.stream.makeAsyncIterator()
        #expect(await sent.next() == 0)
        #expect(await sent.next() == 1)
        // The third has no room until something is received.
        #expect(try await channel.next() == 0)
        #expect(await sent.next() == 2)
        #expect(try await channel.next() == 1)
        #expect(await sent.next() == 3)
        try await sending.value
    }

    @Test func cancellingEndsBothSides() async throws {
        let channel = BatchChannel<Int>(capacity: 1)
        try await channel.send(1)
        let sending = Task { () -> FaultCode? in
            do {
                try await channel.send(2)
                return nil
            } catch let fault as Fault {
                return fault.code
            }
        }
        channel.cancel()
        #expect(try await sending.value == .runCancelled)
        await #expect(throws: Fault.self) { try await channel.next() }
    }
}
