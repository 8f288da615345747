import Model

/// Reads a document a line (NDJSON) as one list.
enum LinesSample {
    /// Whether the text is a document a line: its media type says so, or its first two lines are whole objects.
    static func isLines(_ text: [UInt8], contentType: String?) -> Bool {
        let type = contentType?.lowercased() ?? ""
        if ["ndjson", "jsonl", "json-lines", "jsonlines"].contains(where: { type.contains($0) }) { return true }
        let first = lines(text).prefix(2)
        return first.count == 2
            && first.allSatisfy { line in
                guard case .members? = try? JSONSample.read(Array(line)) else { return false }
                return true
            }
    }

    /// - Throws: `source.malformed` with the line.
    static func read(_ text: [UInt8]) throws(Fault) -> Sample {
        var samples: [Sample] = []
        for (number, line) in lines(text).enumerated() {
            do throws(Fault) {
                samples.append(try JSONSample.read(Array(line)))
            } catch {
                throw error.at(["line": String(number + 1)])
            }
        }
        return .list(samples)
    }

    /// Lines that are not blank.
    private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
        text.split(separator: UInt8(ascii: "\n")).filter { line in
            line.contains { ![0x20, 0x09, 0x0D].contains($0) }
        }
    }
}
