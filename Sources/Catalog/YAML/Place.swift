import Yams

/// A place in a file, counted from 1.
struct Place: Sendable, Hashable {
    var line: Int
    var column: Int

    static let start = Place(line: 1, column: 1)
}

extension Place {
    init(_ mark: Mark?) {
        self.init(line: mark?.line ?? 1, column: mark?.column ?? 1)
    }
}

/// Where the keys and values of a file stand, for rules that look at the decoded noun.
///
/// A path is the keys that lead to a value; items of a sequence are keyed by their index.
struct Places: Sendable {
    private var keys: [[String]: Place] = [:]
    private var values: [[String]: Place] = [:]

    mutating func note(key: Place, at path: [String]) {
        if keys[path] == nil { keys[path] = key }
    }

    mutating func note(value: Place, at path: [String]) {
        if values[path] == nil { values[path] = value }
    }

    /// Where the key stands; where it is not written, where its nearest ancestor does.
    func key(_ path: [String]) -> Place { nearest(path) { keys[$0] ?? values[$0] } }

    /// Where the value stands; where it is not written, where its nearest ancestor does.
    func value(_ path: [String]) -> Place { nearest(path) { values[$0] ?? keys[$0] } }

    private func nearest(_ path: [String], _ place: ([String]) -> Place?) -> Place {
        var path = path
        while !path.isEmpty {
            if let place = place(path) { return place }
            path.removeLast()
        }
        return .start
    }
}
