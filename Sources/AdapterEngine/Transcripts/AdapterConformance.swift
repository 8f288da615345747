import Catalog
import Foundation
import Model
import Parsing

/// What every adapter is held to beside its golden records: a body may arrive in any pieces, and may break off anywhere.
///
/// The same records, or a fault; never a crash, and never a part that passes for the whole.
public struct AdapterConformance: Sendable {
    private let test: AdapterTest

    /// Bodies longer than this are cut at places spread over them, not at every byte.
    static let cutsAtMost = 250

    public init(_ test: AdapterTest) { self.test = test }

    /// What does not hold, a sentence each; empty where all holds.
    public func violations() async -> [String] {
        var found: [String] = []
        for transcript in test.transcripts {
            let expected = await lines(transcript, Replay.Delivery())
            for bytes in [1, 2, 3, 1 << 20] {
                let got = await lines(transcript, Replay.Delivery(chunkBytes: bytes))
                if got != expected { found.append("\(transcript.name): other records in chunks of \(bytes) bytes") }
            }
            for (number, exchange) in transcript.exchanges.enumerated() where exchange.answerFile != nil {
                found += await cuts(transcript, answer: number + 1, expected: expected)
            }
        }
        return found
    }

    private func cuts(_ transcript: Transcript, answer: Int, expected: [String]) async -> [String] {
        let size = test.bodySize(of: transcript, answer: answer)
        let step = max(1, size / Self.cutsAtMost)
        var found: [String] = []
        for bytes in stride(from: 0, to: size, by: step) {
            for isBroken in [true, false] {
                let got = await lines(
                    transcript, Replay.Delivery(chunkBytes: 61, cut: (answer, bytes), isBroken: isBroken, retries: 0))
                let isFault = got.last?.contains("\"fault\"") == true
                // Separated values and lines have no end of their own: a body that ends early is noticed by its length
                // alone, which is the transport's to compare.
                let mayBeShort = !isBroken && test.hasNoEnd(transcript)
                let isPart = zip(got.dropLast(), expected.dropLast()).allSatisfy { $0 == $1 }
                if got == expected || (isFault && isPart) || mayBeShort { continue }
                found.append("\(transcript.name): answer \(answer) cut after \(bytes) bytes is taken for the whole")
            }
        }
        return found
    }

    private func lines(_ transcript: Transcript, _ delivery: Replay.Delivery) async -> [String] {
        await test.replay(transcript, delivery).lines()
    }
}

extension AdapterTest {
    /// Whether a body of the transcript's does not say where it ends.
    fileprivate func hasNoEnd(_ transcript: Transcript) -> Bool {
        let plan = try? transcript.plan(of: manifest, base: transcript.base, watermark: transcript.watermark)
        guard case .pages(let pages)? = plan?.way else { return true }
        return pages.answer.specification.format == .csv || pages.answer.specification.isLines
    }

    fileprivate func bodySize(of transcript: Transcript, answer: Int) -> Int {
        let file = transcript.exchanges[answer - 1].answerFile ?? ""
        let values = try? bodies(of: transcript).appendingPathComponent(file).resourceValues(forKeys: [.fileSizeKey])
        return values?.fileSize ?? 0
    }

    fileprivate func replay(_ transcript: Transcript, _ delivery: Replay.Delivery) -> Replay {
        Replay(transcript, of: manifest, folder: bodies(of: transcript), delivery: delivery)
    }
}
