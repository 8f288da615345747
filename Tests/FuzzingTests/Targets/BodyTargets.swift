import Model

@testable import Parsing

extension FuzzTarget {
    /// Bodies of XML: selected records, markup, conditions and positions, documents within values, small limits.
    static let xml = FuzzTarget(name: "xml") { bytes in
        var input = FuzzInput(bytes)
        let specification = Specifications.xml[input.choose(Specifications.xml.count)]
        let place = input.choose(256)
        try BodyReading.compare(input.bytes, cutAt: place, specification)
    }

    /// Bodies of several parts, with a named document or the first.
    static let multipart = FuzzTarget(name: "multipart") { bytes in
        var input = FuzzInput(bytes)
        let specification = Specifications.xml[1]
        let form = MultipartForm(boundary: "b", root: [nil, "r"][input.choose(2)])
        let place = input.choose(256)
        try BodyReading.compare(input.bytes, cutAt: place, specification, multipart: form)
    }

    /// Bodies of JSON: one document or many, filters, documents within values, small limits.
    static let json = FuzzTarget(name: "json") { bytes in
        var input = FuzzInput(bytes)
        let specification = Specifications.json[input.choose(Specifications.json.count)]
        let place = input.choose(256)
        try BodyReading.compare(input.bytes, cutAt: place, specification)
    }

    /// Separated values, with and without a header.
    static let csv = FuzzTarget(name: "csv") { bytes in
        var input = FuzzInput(bytes)
        let specification = Specifications.csv[input.choose(Specifications.csv.count)]
        let place = input.choose(256)
        try BodyReading.compare(input.bytes, cutAt: place, specification)
    }

    /// Bytes in a charset that somebody names, or that is guessed.
    static let charset = FuzzTarget(name: "charset") { bytes in
        var input = FuzzInput(bytes)
        let names = [
            nil, "utf-8", "gbk", "gb18030", "big5", "utf-16", "utf-16le", "utf-16be", "utf-32", "windows-1252",
            "iso-2022-cn", "utf-7", "shift_jis", "euc-kr",
        ]
        let hint = CharsetHint(header: names[input.choose(names.count)])
        let format: SourceFormat = [.json, .xml, .csv][input.choose(3)]
        let place = input.choose(256)
        let body = input.bytes
        let whole = try decoded([body], format, hint)
        if let whole {
            try require(String(validating: whole, as: UTF8.self) != nil, "what was decoded is not UTF-8")
        }
        let cut = body.isEmpty ? 0 : place % (body.count + 1)
        try require(
            try decoded([Array(body[..<cut]), Array(body[cut...])], format, hint) == whole,
            "cut at \(cut), the text is another")
    }

    private static func decoded(_ pieces: [[UInt8]], _ format: SourceFormat, _ hint: CharsetHint) throws -> [UInt8]? {
        var transcoder = Transcoder(format: format, hint: hint)
        var text: [UInt8] = []
        do throws(Fault) {
            for piece in pieces {
                try piece.withUnsafeBufferPointer { bytes throws(Fault) in
                    try transcoder.decode(UnsafeRawBufferPointer(bytes)) { (part) throws(Fault) in
                        text.append(contentsOf: part)
                    }
                }
            }
            try transcoder.finish { (part) throws(Fault) in text.append(contentsOf: part) }
            return text
        } catch {
            return nil
        }
    }
}
