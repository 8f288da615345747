import Catalog
import Foundation
import Model
import Transport

/// A transcript's folder read as if a department had delivered it, run after run until nothing waits.
struct DeliveryReplay {
    private let transcript: Transcript
    private let manifest: Manifest
    private let folder: URL
    static let base = "file:/deliveries"
    private static let runsAtMost = 20

    init(_ transcript: Transcript, of manifest: Manifest, folder: URL) {
        self.transcript = transcript
        self.manifest = manifest
        self.folder = folder
    }

    /// The raw records of each run, a line each, and its outcome; the last run is the one that found nothing new, or failed.
    func lines() async -> [String] {
        var lines: [String] = []
        var state: String?
        for _ in 0..<Self.runsAtMost {
            do {
                let watermark = state.map { Watermark(version: 1, state: $0) }
                let plan = try transcript.plan(of: manifest, base: Self.base, watermark: watermark)
                let summary = try await SourceReading().read(
                    plan, from: Position(), send: { request throws(Fault) in try answer(request) },
                    emit: { batch, _ throws(Fault) in
                        for record in 0..<batch.count {
                            lines.append(JSONLine.record(batch, record, columns: transcript.columns))
                        }
                    })
                lines.append(JSONLine.outcome(summary, unasked: 0))
                if summary.notModified { break }
                state = summary.state
            } catch {
                lines.append(JSONLine.outcome(error))
                break
            }
        }
        return lines
    }

    private func answer(_ request: Request) throws(Fault) -> Response {
        let root = folder.appendingPathComponent(transcript.deliveries ?? "")
        let path = String(request.url.dropFirst(Self.base.count)).removingPercentEncoding ?? ""
        let place = root.appendingPathComponent(path)
        let head = ResponseHead(status: 200, url: request.url)
        switch request.method {
        case "LIST":
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: place.path) else {
                throw missing(path)
            }
            return Response(head: head, body: Body(chunks: [Array(names.joined(separator: "\n").utf8)]))
        case "HEAD": return Response(head: head, body: Body(chunks: []))
        default:
            guard let data = try? Data(contentsOf: place) else { throw missing(path) }
            return Response(head: head, body: Body(chunks: Array(data).pieces(of: 97)))
        }
    }

    private func missing(_ path: String) -> Fault {
        Fault(.badAdapter, "the transcript has no \(path)", advice: "Correct the manifest, or the transcript.")
    }
}
