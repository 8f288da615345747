/// What bytes from outside reach, as a function that any bytes may be given to.
///
/// `make fuzz` runs each under libFuzzer and AddressSanitizer; `CorpusTests` runs each over its corpus with all the other
/// tests, so that what was found once stays mended.
struct FuzzTarget: Sendable {
    /// The name of its corpus's folder too.
    let name: String
    /// - Throws: ``Broken`` where a promise does not hold; hostile bytes themselves are no error.
    let run: @Sendable (UnsafeRawBufferPointer) throws -> Void

    static let all = [xml, multipart, json, csv, charset, cursor, query, search, condition, catalogue, geometry]

    /// A promise that does not hold.
    struct Broken: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }

    static func require(_ holds: Bool, _ promise: @autoclosure () -> String) throws {
        if !holds { throw Broken(promise()) }
    }
}

/// The first bytes of an input choose among variants; the rest is what is read.
struct FuzzInput {
    private(set) var rest: UnsafeRawBufferPointer.SubSequence

    init(_ bytes: UnsafeRawBufferPointer) { rest = bytes[...] }

    /// A number below `count`; a digit stands for itself, so that a corpus can be read.
    mutating func choose(_ count: Int) -> Int {
        let byte = Int(rest.popFirst() ?? 0)
        return (byte >= 0x30 ? byte - 0x30 : byte) % count
    }

    var bytes: [UInt8] { Array(rest) }

    /// nil where the rest is not UTF-8.
    var text: String? { String(validating: bytes, as: UTF8.self) }
}
