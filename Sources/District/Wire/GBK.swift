#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The encoding that older systems of departments answer in.
enum GBK {
    /// The text has a character that GBK has not.
    struct Unencodable: Error {}

    static func bytes(_ text: String) throws -> [UInt8] {
        guard let converter = iconv_open("GBK", "UTF-8"), converter != iconv_t(bitPattern: -1) else {
            throw Unencodable()
        }
        defer { iconv_close(converter) }
        var source = Array(text.utf8).map(CChar.init(bitPattern:))
        // No character takes more bytes in GBK than in UTF-8.
        var target = [CChar](repeating: 0, count: source.count)
        var sourceLeft = source.count
        var targetLeft = target.count
        let failed = source.withUnsafeMutableBufferPointer { source in
            target.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return iconv(converter, &from, &sourceLeft, &to, &targetLeft) == -1
            }
        }
        guard !failed else { throw Unencodable() }
        return target.dropLast(targetLeft).map(UInt8.init(bitPattern:))
    }
}
