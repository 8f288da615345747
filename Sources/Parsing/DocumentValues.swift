/// What a document says around its records: the values of `ParseSpecification.document`, as far as they were met.
public struct DocumentValues: Sendable, Equatable {
    private let slots: [Int]
    private var values: [String?]

    /// Whether the place of the records was met at all: an error page has none, an empty list is one.
    public internal(set) var hasRecords = false
    /// Whether something stood at the place of the records that is neither a list nor a record: a text, a number.
    public internal(set) var hasBareValue = false
    /// Records met so far.
    public internal(set) var recordCount = 0

    /// - Parameter slots: for each path, the value it reads; paths written differently may lead to the same.
    init(slots: [Int]) {
        self.slots = slots
        values = Array(repeating: nil, count: (slots.max() ?? -1) + 1)
    }

    /// The value of the path at this place of the specification; nil for null and where nothing was met.
    ///
    /// Booleans are `true` and `false`, numbers as they were written, nested documents JSON text.
    public subscript(index: Int) -> String? { values[slots[index]] }

    mutating func set(slot: Int, _ value: String?) { values[slot] = value }

    func isSet(slot: Int) -> Bool { values[slot] != nil }
}
