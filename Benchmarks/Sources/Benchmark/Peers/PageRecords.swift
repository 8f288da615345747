import District
import Foundation

/// Where a page's records are in its bytes. The generator's values hold no braces, angle brackets or escapes.
struct PageRecords {
    let page: Data
    /// Of each record: the object of JSON with its braces, or what stands between the tags of its element.
    private(set) var places: [Range<Int>] = []

    init(_ path: String, _ format: EntityGenerator.Format) throws {
        page = try Data(contentsOf: URL(filePath: path))
        let (opening, closing): (StaticString, StaticString) =
            format == .json ? (#"{"TYSHXYDM""#, "}") : ("<Row>", "</Row>")
        page.withUnsafeBytes { bytes in
            var from = 0
            while let start = bytes.find(opening, from: from), let end = bytes.find(closing, from: start) {
                places.append(format == .json ? start..<end + 1 : start + opening.utf8CodeUnitCount..<end)
                from = end
            }
        }
    }

    subscript(_ number: Int) -> Data { page[places[number]] }
}

extension UnsafeRawBufferPointer {
    /// Where a text begins at or after a place.
    func find(_ text: StaticString, from: Int) -> Int? {
        guard let baseAddress else { return nil }
        let length = text.utf8CodeUnitCount
        var place = from
        while place + length <= count,
            let next = memchr(baseAddress + place, Int32(text.utf8Start.pointee), count - place)
        {
            place = UnsafeRawPointer(next) - baseAddress
            if place + length <= count, memcmp(next, text.utf8Start, length) == 0 { return place }
            place += 1
        }
        return nil
    }
}
