import Foundation

/// Which published records a run has met: one bit a revision, so that ten million cost little more than a megabyte.
struct SeenRevisions {
    private var words: [UInt64] = []
    private(set) var count = 0

    /// Marks a revision.
    ///
    /// - Returns: whether it was not marked before.
    mutating func insert(_ revision: Int64) -> Bool {
        let word = Int(revision >> 6)
        let bit: UInt64 = 1 << UInt64(revision & 63)
        if word >= words.count { words.append(contentsOf: repeatElement(0, count: word + 1 - words.count)) }
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        count += 1
        return true
    }

    func contains(_ revision: Int64) -> Bool {
        let word = Int(revision >> 6)
        return word < words.count && words[word] & (1 << UInt64(revision & 63)) != 0
    }

    /// The form in which a batch's marks are staged.
    static func data(_ revisions: [Int64]) -> Data {
        revisions.withUnsafeBytes { Data($0) }
    }

    /// Marks what an earlier batch staged.
    mutating func insert(_ data: Data) {
        data.withUnsafeBytes { bytes in
            for offset in stride(from: 0, to: bytes.count - 7, by: 8) {
                _ = insert(bytes.loadUnaligned(fromByteOffset: offset, as: Int64.self))
            }
        }
    }
}
