import Foundation

/// Places as a system would send them, spread evenly over two degrees by two.
struct PlaceGenerator {
    let count: Int
    static let west = 112.0
    static let south = 27.0
    /// Degrees.
    static let width = 2.0
    private static let pageSize = 1000

    /// Writes pages as `EntityGenerator` does.
    func write(to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for page in 1...(count + Self.pageSize - 1) / Self.pageSize + 1 {
            let first = (page - 1) * Self.pageSize
            let rows = (first..<max(first, min(first + Self.pageSize, count))).map(row).joined(separator: ",")
            let text = #"{"data":{"total":\#(count),"rows":[\#(rows)]}}"#
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/page-\(page).json"))
        }
    }

    private func row(_ index: Int) -> String {
        let x = Self.west + Self.width * Self.fraction(index, 1)
        let y = Self.south + Self.width * Self.fraction(index, 2)
        return #"{"id":"p\#(index)","name":"第\#(index)处设施","kind":"\#(index % 20)","x":\#(decimal(x, 6)),"#
            + #""y":\#(decimal(y, 6))}"#
    }

    /// Evenly between 0 and 1, the same on every machine (SplitMix64).
    private static func fraction(_ index: Int, _ stream: UInt64) -> Double {
        var value = UInt64(index) &* 0x9E37_79B9_7F4A_7C15 &+ stream &* 0xD1B5_4A32_D192_ED03
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((value ^ (value >> 31)) >> 11) / Double(UInt64(1) << 53)
    }
}
