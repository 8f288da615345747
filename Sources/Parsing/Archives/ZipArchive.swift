import CArchive
import Foundation
import Model

/// The entries of a zip file, one after another, never written anywhere; used inside one task.
///
/// An entry's name is for matching only. It is hostile: it may hold `..`, begin with `/`, or be in any charset.
public final class ZipArchive {
    private let archive: OpaquePointer
    private let place: String
    private let packed: Int
    private let limits: ArchiveLimits
    private let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    private var entries = 0
    private var content = 0
    private static let chunkBytes = 256 << 10

    /// - Parameters:
    ///   - descriptor: an open file, read from its start; it stays open and stays the caller's.
    ///   - packed: the file's bytes.
    ///   - place: what is read, for people.
    /// - Throws: `source.malformed` where it is no zip file.
    public init(descriptor: Int32, packed: Int, place: String, limits: ArchiveLimits = ArchiveLimits()) throws(Fault) {
        guard let archive = archive_read_new() else {
            throw Fault(.unavailable, "There is no memory left to open an archive.")
        }
        self.archive = archive
        self.place = place
        self.packed = packed
        self.limits = limits
        archive_read_support_format_zip_seekable(archive)
        guard archive_read_open_fd(archive, descriptor, 64 << 10) == ARCHIVE_OK else { throw unreadable }
    }

    deinit {
        archive_read_free(archive)
        if let locale { freelocale(locale) }
    }

    /// The name of the next entry that is a file; nil after the last.
    ///
    /// - Throws: `source.malformed` for an entry that is encrypted and for a broken archive, `source.too-large` for too many.
    public func nextEntry() throws(Fault) -> String? {
        // libarchive writes names in the charset of the thread's locale, and not at all where that is ASCII.
        let before = locale.map { uselocale($0) }
        defer { if let before { uselocale(before) } }
        while true {
            var entry: OpaquePointer?
            switch archive_read_next_header(archive, &entry) {
            case ARCHIVE_EOF: return nil
            case ARCHIVE_OK, ARCHIVE_WARN: break
            default: throw unreadable
            }
            entries += 1
            guard entries <= limits.entries else {
                throw Fault(
                    .sourceTooLarge, "\(place) has more than \(limits.entries) entries.",
                    advice: "Ask the department for fewer files in one archive.")
            }
            guard let entry, huitong_archive_is_regular(entry) != 0 else { continue }
            guard archive_entry_is_encrypted(entry) == 0 else {
                throw Fault(
                    .sourceMalformed, "\(place) is encrypted.",
                    advice: "Ask the department for archives without a password; the way they take is protected.")
            }
            return Self.name(entry)
        }
    }

    /// The next bytes of the entry at hand; nil at its end.
    ///
    /// - Throws: `source.malformed` where it cannot be unpacked, `source.too-large` where more comes of it than is allowed.
    public func read() throws(Fault) -> [UInt8]? {
        var count = 0
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, filled in
            count = archive_read_data(archive, buffer.baseAddress, buffer.count)
            filled = max(0, count)
        }
        guard count >= 0 else { throw unreadable }
        content += count
        guard limits.allow(content: content, of: packed) else {
            throw Fault(
                .sourceTooLarge, "\(place) holds more than an archive of \(packed) bytes may.",
                advice: "Ask the department what it packed; nothing of it was published.")
        }
        return count == 0 ? nil : chunk
    }

    private var unreadable: Fault {
        let reason = archive_error_string(archive).map { ": " + String(cString: $0).prefix(200) } ?? ""
        return Fault(
            .sourceMalformed, "\(place) cannot be unpacked\(reason).",
            advice: "Ask the department to deliver it again; `unzip -t` shows what is broken.")
    }

    /// As UTF-8 where the archive says so, else as its bytes are.
    private static func name(_ entry: OpaquePointer) -> String {
        if let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) {
            return String(cString: name)
        }
        return ""
    }
}
