import Model

/// What is known of an element only when it ends: whether it is the one that a path like `contact[type='phone']/value` means.
///
/// Until then the values inside stand in columns of their own, behind those of the record.
struct XMLChoice {
    struct Condition {
        let column: Int
        let value: [UInt8]
    }

    var conditions: [Condition] = []
    /// From where a value is read to where it belongs.
    var values: [(from: Int, to: Int)] = []
}

extension OpenRecord {
    /// Keeps the values of an element that is the one, and forgets those of any other.
    mutating func close(_ choice: XMLChoice) {
        let isChosen = choice.conditions.allSatisfy { isSet($0.column) && value($0.column).elementsEqual($0.value) }
        if isChosen {
            for (from, to) in choice.values { copy(from, to: to) }
        }
        for (from, _) in choice.values { clear(from) }
        for condition in choice.conditions { clear(condition.column) }
    }
}
