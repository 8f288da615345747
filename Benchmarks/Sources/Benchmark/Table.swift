import Foundation

/// Figures side by side, as they are printed: names to the left, numbers to the right.
struct Table {
    var title: String
    var head: [String]
    var rows: [[String]] = []

    var text: String {
        let all = [head] + rows
        let widths = head.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        let lines = all.map { cells in
            zip(cells, widths).enumerated().map { index, cell in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return index == 0 ? cell.0 + blanks : blanks + cell.0
            }.joined(separator: "  ")
        }
        return ([title] + lines).joined(separator: "\n") + "\n"
    }
}

/// A number as tables show it.
func decimal(_ number: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", number) }
