import FoundationEssentials

/// Records like those of a register of legal entities, for measuring: 20 fields, about 600 bytes as JSON, half of the
/// characters Chinese, all identifiers with valid check digits.
///
/// A record depends on the seed and its number only, so that a page can be had without those before it, and two editions
/// differ in exactly the records that changed.
public struct EntityGenerator: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case json, xml
    }

    /// What a register says today, and after a share of its records changed.
    public enum Edition: String, Sendable, CaseIterable {
        case first, second
    }

    /// The fields in their order; the first is the key.
    public static let fields = [
        "TYSHXYDM", "QYMC", "QYLX", "FDDBR", "FDDBRZJH", "ZCZB", "BZ", "CLRQ", "HZRQ", "JYQXZ", "JYZT", "HYDM", "QH",
        "DJJG", "ZS", "JYFW", "LXDH", "CYRS", "BBH", "GXSJ",
    ]

    public let count: Int
    public let pageSize: Int
    private let writer: EntityWriter
    private let seed: UInt64
    private let changed: Double

    /// - Parameter changed: the share of records in which the second edition differs from the first.
    public init(count: Int, pageSize: Int = 1000, changed: Double = 0.01, seed: UInt64 = 32100) {
        self.count = count
        self.pageSize = pageSize
        self.changed = changed
        self.seed = seed
        writer = EntityWriter(fields: Self.fields)
    }

    /// Pages with records in them.
    public var pageCount: Int { (count + pageSize - 1) / pageSize }

    /// A page as a department's system would answer it; beyond the last it has no records.
    ///
    /// - Parameter number: counted from 1.
    public func page(_ number: Int, format: Format, edition: Edition = .first) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(pageSize * 1000)
        let first = (number - 1) * pageSize
        writer.open(format, total: count, page: number, &output)
        for index in first..<max(first, min(first + pageSize, count)) {
            if format == .json, index > first { output.append(UInt8(ascii: ",")) }
            writer.write(record(index, edition), format, &output)
        }
        writer.close(format, &output)
        return output
    }

    /// Writes all pages, and one without records after them, as `page-N.json` or `page-N.xml` with N from 1.
    ///
    /// - Throws: what the file system says.
    public func write(to folder: String, format: Format, edition: Edition = .first) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for number in 1...pageCount + 1 {
            let bytes = page(number, format: format, edition: edition)
            try Data(bytes).write(to: URL(filePath: "\(folder)/page-\(number).\(format.rawValue)"))
        }
    }

    private func record(_ index: Int, _ edition: Edition) -> Entity {
        var chance = SplitMix64(seed: seed &+ UInt64(index) &* 0xD129_0C9A_6F51_7B43)
        let isChanged = chance.chance(changed)
        return Entity(index: index, isChanged: isChanged && edition == .second, &chance)
    }
}
