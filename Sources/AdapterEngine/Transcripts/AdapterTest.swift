import Catalog
import Foundation
import Model
import Transport

/// Replays an adapter's transcripts through the one reading loop, and compares what comes of them with its golden records.
///
/// A transcript is a folder of `transcripts/` with `exchanges.yaml` and the answers' bodies. What it should give is
/// `expected/<name>.jsonl`: one line a record, the outcome last.
public struct AdapterTest: Sendable {
    /// What became of one transcript.
    public struct Result: Sendable, Equatable {
        public var transcript: String
        public var title: String
        /// What differs from the golden records, a line each; empty where nothing does.
        public var differences: [String]
    }

    public let manifest: Manifest
    let transcripts: [Transcript]
    private let folder: URL

    /// - Parameter folder: the adapter's own, with `adapter.yaml`.
    /// - Throws: `catalogue.adapter-invalid` with every mistake of the manifest and the transcripts.
    public init(folder: URL) throws(Fault) {
        self.folder = folder
        let file = folder.appendingPathComponent("adapter.yaml")
        let (manifest, mistakes) = ManifestLoader().manifest(yaml: try Self.text(file), file: file.path)
        guard let manifest else { throw Self.invalid(mistakes) }
        self.manifest = manifest
        var transcripts: [Transcript] = []
        for name in Self.transcriptNames(below: folder) {
            let file = folder.appendingPathComponent("transcripts/\(name)/exchanges.yaml")
            let (transcript, mistakes) = TranscriptLoader().transcript(
                yaml: try Self.text(file), file: file.path, name: name, manifest: manifest)
            guard let transcript else { throw Self.invalid(mistakes) }
            transcripts.append(transcript)
        }
        self.transcripts = transcripts
    }

    /// Replays every transcript.
    ///
    /// - Parameter recording: writes what came of a transcript as its golden records instead of comparing.
    /// - Throws: `catalogue.adapter-invalid` where a file cannot be read or written.
    public func run(recording: Bool = false) async throws(Fault) -> [Result] {
        var results: [Result] = []
        for transcript in transcripts {
            let place = bodies(of: transcript)
            let lines =
                transcript.deliveries == nil
                ? await Replay(transcript, of: manifest, folder: place).lines()
                : await DeliveryReplay(transcript, of: manifest, folder: place).lines()
            let file = folder.appendingPathComponent("expected/\(transcript.name).jsonl")
            if recording { try Self.write(lines, to: file) }
            let expected = try Self.text(file).split(separator: "\n").map(String.init)
            results.append(
                Result(
                    transcript: transcript.name, title: transcript.title,
                    differences: Self.differences(expected: expected, got: lines)))
        }
        return results
    }

    /// Writes the table of parameters into the adapter's README.
    ///
    /// - Parameter recording: writes it instead of comparing.
    /// - Returns: whether the README has it as it should be.
    /// - Throws: `catalogue.adapter-invalid` where the README cannot be read, written, or has no place for the table.
    public func checkReadme(recording: Bool = false) throws(Fault) -> Bool {
        let file = folder.appendingPathComponent("README.md")
        let text = try Self.text(file, advice: "Write it: what the adapter reads, with an example.")
        guard let wanted = ParameterTable(manifest).inserted(into: text) else {
            throw Fault(
                .badAdapter, "\(file.path) has no place for the table of parameters",
                advice: "Write two lines where it is to stand: \(ParameterTable.start) and \(ParameterTable.end)")
        }
        if recording, wanted != text { try Self.write([wanted.trimmingCharacters(in: .newlines)], to: file) }
        return recording || wanted == text
    }

    /// The folder with the bodies of a transcript's answers.
    func bodies(of transcript: Transcript) -> URL {
        folder.appendingPathComponent("transcripts/\(transcript.name)")
    }

    static func differences(expected: [String], got: [String]) -> [String] {
        (0..<max(expected.count, got.count)).compactMap { index in
            let wanted = index < expected.count ? expected[index] : "nothing"
            let have = index < got.count ? got[index] : "nothing"
            return wanted == have ? nil : "line \(index + 1): expected \(wanted), got \(have)"
        }
    }

    private static func transcriptNames(below folder: URL) -> [String] {
        let found = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appendingPathComponent("transcripts").path)
        return (found ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    private static func text(
        _ file: URL, advice: String = "Write it; golden records are written by `huitong adapter test --record`."
    ) throws(Fault) -> String {
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw Fault(.badAdapter, "\(file.path) cannot be read", advice: advice)
        }
    }

    private static func write(_ lines: [String], to file: URL) throws(Fault) {
        do {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file, options: .atomic)
        } catch {
            throw Fault(.badAdapter, "\(file.path) cannot be written", advice: "Check the folder's permissions.")
        }
    }

    private static func invalid(_ mistakes: [Diagnostic]) -> Fault {
        Fault(
            .badAdapter, mistakes.map(\.description).joined(separator: "\n"), advice: "Correct the lines named above.")
    }
}
