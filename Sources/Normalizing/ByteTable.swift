/// Finds the number that belongs to a text, without making a `String` of the text.
///
/// Open addressing over one arena: built once when a run starts, asked once a value.
struct ByteTable {
    private struct Slot {
        var offset: Int32 = 0
        var length: Int32 = -1
        var hash: UInt32 = 0
        var number: Int32 = 0
    }

    private var arena: [UInt8] = []
    private var slots: [Slot] = Array(repeating: Slot(), count: 8)
    private(set) var count = 0

    init() {}

    var isEmpty: Bool { count == 0 }

    /// - Returns: false, and nothing is changed, where the text is there already.
    @discardableResult
    mutating func insert(_ key: some Collection<UInt8>, _ number: Int) -> Bool {
        let bytes = Array(key)
        guard find(bytes.span) == nil else { return false }
        if (count + 1) * 2 > slots.count { grow() }
        place(
            Slot(
                offset: Int32(arena.count), length: Int32(bytes.count), hash: Self.hash(bytes.span),
                number: Int32(number)))
        arena += bytes
        count += 1
        return true
    }

    func find(_ key: Span<UInt8>) -> Int? {
        let hash = Self.hash(key)
        let mask = slots.count - 1
        var index = Int(hash) & mask
        while true {
            let slot = slots[index]
            if slot.length < 0 { return nil }
            if slot.hash == hash, slot.length == key.count, equals(slot, key) { return Int(slot.number) }
            index = (index + 1) & mask
        }
    }

    private func equals(_ slot: Slot, _ key: Span<UInt8>) -> Bool {
        let start = Int(slot.offset)
        for index in 0..<key.count where arena[start + index] != key[index] { return false }
        return true
    }

    private mutating func place(_ slot: Slot) {
        let mask = slots.count - 1
        var index = Int(slot.hash) & mask
        while slots[index].length >= 0 { index = (index + 1) & mask }
        slots[index] = slot
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: Slot(), count: old.count * 2)
        for slot in old where slot.length >= 0 { place(slot) }
    }

    /// FNV-1a: keys are codes and short names.
    private static func hash(_ key: Span<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for index in 0..<key.count { hash = (hash ^ UInt32(key[index])) &* 16_777_619 }
        return hash
    }
}
