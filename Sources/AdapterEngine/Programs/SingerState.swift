import Foundation
import Model

/// What is kept of a program with a publication: its state, and the version of the stream that it activated.
struct SingerState: Codable, Equatable {
    /// The value of the last STATE, as the program wrote it.
    var state: String?
    /// The version activated last, as the program wrote it.
    var version: String?

    init(state: String? = nil, version: String? = nil) {
        self.state = state
        self.version = version
    }

    /// - Throws: `run.wrong-state` where the text was kept by another kind of source.
    init(watermark text: String) throws(Fault) {
        do {
            self = try JSONDecoder().decode(SingerState.self, from: Data(text.utf8))
        } catch {
            throw Fault(
                .runState, "the state that was kept is none of a program",
                advice: "Run the entry for everything: huitong sync ENTRY --snapshot")
        }
    }

    /// As a watermark keeps it; nil where there is nothing to keep.
    var text: String? {
        guard state != nil || version != nil else { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) }
    }
}
