/// Lists and near misses of names, for messages.
enum Names {
    /// The name most like the one written, where one is like enough to be meant.
    static func nearest(to name: String, among names: [String]) -> String? {
        let limit = max(1, name.count / 3)
        return names.map { (name: $0, distance: distance(name.lowercased(), $0.lowercased())) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// "Did you mean `x`? " where something is near, and which names there are.
    static func advice(for name: String, among names: [String], called what: String) -> String {
        let list =
            names.isEmpty
            ? "There is no \(what) yet." : "Known: \(names.prefix(60).joined(separator: ", "))."
        guard let nearest = nearest(to: name, among: names) else { return list }
        return "Did you mean `\(nearest)`? " + list
    }

    /// How many characters have to be added, dropped, exchanged or swapped with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left)
        let right = Array(right)
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let cost = left[row] == right[column] ? 0 : 1
                var least = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, beforeLast[column - 1] + 1)
                }
                current.append(least)
            }
            beforeLast = last
            last = current
        }
        return last[right.count]
    }
}
