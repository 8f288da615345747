import Model
import Synchronization

extension Body {
    /// The content of a body that is a gzip file (RFC 1952), however many members it has.
    ///
    /// - Parameters:
    ///   - place: what is read, for people.
    ///   - limit: bytes of content at most; more are `source.too-large`.
    /// - Returns: a body that throws `source.truncated` and `source.malformed` beside what this one throws.
    public func inflated(place: String, limit: Int) -> Body {
        let inflater = Mutex(Inflater(place: place, limit: limit, isFile: true))
        let packed = self
        return Body { () async throws(Fault) -> [UInt8]? in
            while true {
                let ready = inflater.withLock { inflater in Result { () throws(Fault) in try inflater.take() } }
                if let chunk = try ready.get() { return chunk }
                var chunks = packed.makeAsyncIterator()
                guard let next = try await chunks.next() else {
                    try inflater.withLock { inflater in Result { () throws(Fault) in try inflater.finish() } }.get()
                    return nil
                }
                inflater.withLock { $0.give(next) }
            }
        }
    }
}
