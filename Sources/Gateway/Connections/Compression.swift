import NIOHTTP1
import NIOHTTPCompression

/// Which answers are compressed.
enum Compression {
    /// The content coding that marks an answer as not to be compressed; it is taken off before sending.
    static let never = "identity"
    /// Answers of fewer bytes gain nothing.
    private static let leastBytes = 1024

    static func decide(
        _ head: inout HTTPResponseHead, _ isAsked: Bool
    ) -> HTTPResponseCompressor.CompressionIntent {
        if head.headers.first(name: "content-encoding") == never {
            head.headers.remove(name: "content-encoding")
            return .doNotCompress
        }
        // A large answer comes compressed (`LargeAnswer`).
        if head.headers.contains(name: "content-encoding") { return .doNotCompress }
        if head.status == .notModified { return .doNotCompress }
        guard let length = head.headers.first(name: "content-length").flatMap(Int.init) else {
            return .compressIfPossible
        }
        return length < leastBytes ? .doNotCompress : .compressIfPossible
    }
}
