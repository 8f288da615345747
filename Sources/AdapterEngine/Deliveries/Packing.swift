/// How a file is packed, by its first bytes: its name may say anything.
enum Packing: Equatable {
    case plain, gzip, zip
    /// A zip without entries.
    case emptyZip
    /// Something that is not opened here, by the name that people know it under.
    case other(String)

    /// Bytes that tell all kinds of files apart, but for a tar.
    static let signBytes = 4

    init(_ head: [UInt8]) {
        self = Self.signs.first { head.starts(with: $0.bytes) }?.packing ?? .plain
        if Self.isTar(head) { self = .other("a tar archive") }
    }

    private static let signs: [(bytes: [UInt8], packing: Packing)] = [
        ([0x1f, 0x8b], .gzip), ([0x50, 0x4b, 0x03, 0x04], .zip), ([0x50, 0x4b, 0x05, 0x06], .emptyZip),
        ([0x37, 0x7a, 0xbc, 0xaf], .other("a 7z archive")), ([0x52, 0x61, 0x72, 0x21], .other("a rar archive")),
        ([0xfd, 0x37, 0x7a, 0x58], .other("packed with xz")), ([0x28, 0xb5, 0x2f, 0xfd], .other("packed with zstd")),
        ([0xd0, 0xcf, 0x11, 0xe0], .other("an Excel workbook or another file of Office 97")),
        ([0x25, 0x50, 0x44, 0x46], .other("a PDF")),
    ]

    /// Bytes of a file that show whether it is a tar: `ustar` stands at its 258th (POSIX, pax, "ustar Interchange Format").
    static let tarBytes = 262

    private static func isTar(_ head: [UInt8]) -> Bool {
        head.count >= tarBytes && head[257..<tarBytes].elementsEqual("ustar".utf8)
    }
}
