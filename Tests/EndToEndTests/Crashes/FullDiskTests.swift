import Foundation
import Testing

/// The disk is full in every chapter of the story, at several moments; with room again the exchange comes to where one
/// comes that always had it.
@Suite(
    .enabled(if: SmallDisk.isPossible, "needs the right to mount a small file system"),
    .enabled(if: Blow.isPossible, "needs a linker that loads a library first"))
struct FullDiskTests {
    /// Bytes that are left: for nothing, for a few pages, for some batches, for nearly all of it.
    private static let rooms = [0, 20_000, 120_000, 300_000, 600_000]

    private static let times = ProcessInfo.processInfo.environment["HUITONG_SOAK"] == nil ? 1 : 5

    @Test(.timeLimit(.minutes(5))) func aDiskThatFillsLeavesNothingHalf() async throws {
        let source = StorySource()
        let disk = try SmallDisk(size: "12m")
        let data = disk.folder
        let failures = try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            let undisturbed = try await UndisturbedLife.lived()
            var life = try Life(base: base, source: source, data: data)
            var failures = 0
            for (index, chapter) in Story.chapters.enumerated() {
                let rooms = (0..<Self.times).map { Self.rooms[(index + $0) % Self.rooms.count] }
                var complaints: [String] = []
                failures += try await life.live(chapter, on: data, rooms: rooms) { complaints.append($0) }
                let rows = try await life.check { complaints.append($0) }
                complaints += rows.differences(from: undisturbed.rows[index])
                #expect(complaints.isEmpty, "\(chapter): \(complaints.prefix(9).joined(separator: "\n"))")
                if !complaints.isEmpty { break }
            }
            return failures
        }
        #expect(failures >= max(5, 3 * Self.times), "the disk was to be full more often than \(failures) times")
    }
}
