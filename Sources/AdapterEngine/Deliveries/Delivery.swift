import Crypto
import Foundation

/// What was delivered at once: a marker or control file, and the data files that belong to it.
struct Delivery: Sendable, Equatable {
    struct File: Sendable, Equatable {
        var name: FileName
        /// Records in it, where the control file says so.
        var count: Int?
        /// Its bytes, where the control file says so.
        var size: Int?
        var digest: ExpectedDigest?
    }

    let marker: FileName
    let files: [File]
    /// Files that the control file names and the folder has not.
    let missing: [FileName]
    /// Stands for the marker's bytes.
    let markerDigest: String
    /// Stands for the marker's bytes and what the folder says of each data file: another digest is another delivery.
    let digest: String

    /// - Parameter tags: what the folder says of each file's version, in the order of the files; `""` where it says nothing.
    init(marker: FileName, bytes: [UInt8], files: [File], missing: [FileName], tags: [String]) {
        self.marker = marker
        self.files = files
        self.missing = missing
        markerDigest = Checksum.hex(SHA256.hash(data: bytes))
        var hash = SHA256()
        hash.update(data: bytes)
        for (file, tag) in zip(files, tags) { hash.update(data: Array("\0\(file.name.text)\0\(tag)".utf8)) }
        digest = Checksum.hex(hash.finalize())
    }

    /// The number of records promised, where that of every file is.
    var promised: Int? {
        let counts = files.compactMap(\.count)
        return counts.count == files.count && !files.isEmpty ? counts.reduce(0, +) : nil
    }
}

/// Deliveries that were read, as a watermark keeps them: name and digest of those whose marker is still in the folder.
struct DeliveryMemory: Sendable, Equatable, Codable {
    /// By name, the digest of the marker and that of the whole.
    private(set) var deliveries: [String: [String]] = [:]

    init() {}

    /// What a watermark's state says; nothing where it says something else.
    init(state: String?) {
        let read = state.flatMap { try? JSONDecoder().decode(DeliveryMemory.self, from: Data($0.utf8)) }
        self = read ?? DeliveryMemory()
    }

    var state: String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }

    var isEmpty: Bool { deliveries.isEmpty }

    /// Whether it was read as it is now. One whose data files were taken away since counts as read.
    func has(_ delivery: Delivery) -> Bool {
        guard let digests = deliveries[delivery.marker.text] else { return false }
        if digests.isEmpty || digests.last == delivery.digest { return true }
        let isIncomplete = !delivery.missing.isEmpty || delivery.files.isEmpty
        return isIncomplete && digests.first == delivery.markerDigest
    }

    /// Notes that a newer snapshot was read: these are not, whatever becomes of them.
    mutating func supersede(_ markers: [FileName]) {
        for marker in markers where deliveries[marker.text] == nil { deliveries[marker.text] = [] }
    }

    mutating func add(_ delivery: Delivery) {
        deliveries[delivery.marker.text] = [delivery.markerDigest, delivery.digest]
    }

    /// Forgets what is not in the folder any more.
    mutating func keep(_ markers: [FileName]) {
        let names = Set(markers.map(\.text))
        deliveries = deliveries.filter { names.contains($0.key) }
    }
}
