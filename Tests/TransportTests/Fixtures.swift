import CZlib
import Foundation
import Model
import Synchronization
import Testing

@testable import Transport

extension OutboundPolicy {
    static var loopback: OutboundPolicy { OutboundPolicy(allowsLoopback: true) }
}

extension Transport {
    /// Allowed to ask this machine, with a clock that stands still but for its own sleeps.
    convenience init(clock: FakeClock = FakeClock()) {
        self.init(policy: .loopback, timing: clock.timing)
    }
}

/// A clock that sleeping moves on, at once, and that remembers how long was slept.
final class FakeClock: Sendable {
    private let state = Mutex((now: 1000.0, slept: [Double]()))

    var slept: [Double] { state.withLock { $0.slept } }

    var timing: Timing {
        Timing(
            now: { self.state.withLock { $0.now } },
            date: { 1_700_000_000 },
            sleep: { seconds in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.now += seconds
                    state.slept.append(seconds)
                }
            },
            random: { 1 })
    }
}

/// The fault that `work` throws; a test fails where it throws none.
func fault<T>(_ work: () async throws(Fault) -> T, at place: SourceLocation = #_sourceLocation) async throws -> Fault {
    do {
        _ = try await work()
    } catch {
        return error
    }
    Issue.record("No fault was thrown.", sourceLocation: place)
    throw CancellationError()
}

/// Packs as zlib does: 31 for gzip, 15 for zlib, -15 for a bare stream.
func packed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
        &stream, 6, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var input = bytes
    return [UInt8](unsafeUninitializedCapacity: bytes.count + 1024) { output, count in
        input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            deflate(&stream, Z_FINISH)
        }
        count = output.count - Int(stream.avail_out)
    }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "transport-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ name: String, _ text: String) throws -> String {
        let file = path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }
}
