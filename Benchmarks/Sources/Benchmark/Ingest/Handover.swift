import Dispatch
import Synchronization

/// A counter between two threads with room for one batch: the reader waits while it is taken, the writer while it is empty.
final class Handover<Element: Sendable>: Sendable {
    private let room = DispatchSemaphore(value: 1)
    private let goods = DispatchSemaphore(value: 0)
    private let place = Mutex<Element?>(nil)

    /// - Parameter element: nil says that no more will come.
    func put(_ element: Element?) {
        room.wait()
        place.withLock { $0 = element }
        goods.signal()
    }

    func take() -> Element? {
        goods.wait()
        return taken()
    }

    /// Without waiting; nil where nothing is there.
    func takeIfThere() -> Element? { goods.wait(timeout: .now()) == .success ? taken() : nil }

    private func taken() -> Element? {
        let element = place.withLock { place in
            defer { place = nil }
            return place
        }
        room.signal()
        return element
    }
}
