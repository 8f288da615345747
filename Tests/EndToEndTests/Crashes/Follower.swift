import Foundation
import Loopback

/// Follows the feeds of an exchange over HTTP, whether it answers just now or not.
actor Follower {
    private let address: String
    private let client = LoopbackClient()
    private(set) var consumers = Story.collections.map { ChangeConsumer(of: $0) }

    init(address: String) { self.address = address }

    /// Waits until a daemon answers.
    ///
    /// - Returns: whether it did before it ended.
    func wait(for daemon: Process) async throws -> Bool {
        while await client.get(address + "/health/live")?.status != 200 {
            guard daemon.isRunning else { return false }
            try await Task.sleep(for: .milliseconds(20))
        }
        return true
    }

    /// Asks again and again until it is told to stop.
    func follow() async {
        while !Task.isCancelled {
            for index in consumers.indices { await read(index) }
            try? await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Reads all feeds to where they end now.
    func catchUp() async {
        for index in consumers.indices { while await read(index) {} }
    }

    /// Reads all feeds from the beginning, as somebody would who was never here.
    func anew() async -> [ChangeConsumer] {
        let other = Follower(address: address)
        await other.catchUp()
        return await other.consumers
    }

    /// One page of one feed, and whether more is there; nothing where nobody answers.
    @discardableResult private func read(_ index: Int) async -> Bool {
        let consumer = consumers[index]
        let epoch = consumer.epoch.map { "&epoch=\($0)" } ?? ""
        let path = "/collections/\(consumer.collection)/changes?f=json&limit=17&after=\(consumer.last)\(epoch)"
        // Nobody answers, or the collection is not there yet.
        guard let (status, text) = await client.get(address + path), status != 404 else { return false }
        // While it waited, nobody else read this feed: `follow` and `catchUp` are never under way at once.
        guard status == 200, let page = try? ChangeConsumer.Page(json: text) else {
            consumers[index].complain("status \(status): \(text.prefix(200))")
            return false
        }
        consumers[index].take(page)
        return page.hasMore
    }
}
