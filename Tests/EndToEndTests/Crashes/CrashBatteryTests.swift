import Foundation
import Testing

/// Wherever a process is killed, the exchange comes to the state of one that was left alone, and whoever follows its
/// feeds with it.
@Suite(.enabled(if: Blow.isPossible, "needs a linker that loads a library first")) struct CrashBatteryTests {
    /// One life in which every chapter is interrupted.
    ///
    /// - Returns: how often it died.
    private static func live(
        _ base: String, _ source: StorySource, like undisturbed: UndisturbedLife, seed: UInt64,
        blows: (WriteCount, inout Dice) -> [Blow]
    ) async throws -> Int {
        var life = try Life(base: base, source: source)
        var dice = Dice(seed: seed)
        var deaths = 0
        for (index, chapter) in Story.chapters.enumerated() {
            let blows = blows(undisturbed.counts[index], &dice)
            let place = "seed \(seed), \(chapter), killed \(blows.map(\.description).joined(separator: ", "))"
            var complaints: [String] = []
            deaths += try await life.live(chapter, blows: blows) { complaints.append($0) }
            let rows = try await life.check { complaints.append($0) }
            complaints += rows.differences(from: undisturbed.rows[index])
            guard complaints.isEmpty else {
                // What follows would only tell the same again.
                Issue.record("\(place):\n\(complaints.prefix(12).joined(separator: "\n"))")
                break
            }
        }
        return deaths
    }

    /// In every chapter at a commit, at any write, and at any moment.
    @Test(.timeLimit(.minutes(5))) func killedAnywhereTheStateIsTheSame() async throws {
        let source = StorySource()
        let seed = Dice.seedOfThisRun
        try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            let undisturbed = try await UndisturbedLife.lived()
            let deaths = try await Self.live(base, source, like: undisturbed, seed: seed) { count, dice in
                [Blow.commit(among: count, &dice), Blow.write(among: count, &dice), Blow.time(within: count, &dice)]
            }
            #expect(deaths >= 20, "seed \(seed)")
        }
    }

    /// The daemon, while somebody follows its feeds over HTTP; the entry changes while it serves.
    @Test(.timeLimit(.minutes(5))) func theDaemonIsKilledAndFollowersMissNothing() async throws {
        let source = StorySource()
        let seed = Dice.seedOfThisRun
        try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            let undisturbed = try await UndisturbedLife.lived()
            let deaths = try await Self.serve(base, source, like: undisturbed, seed: seed) { .commit(among: $0, &$1) }
            #expect(deaths >= 5, "seed \(seed)")
        }
    }

    /// One life of a daemon that is killed in every chapter.
    private static func serve(
        _ base: String, _ source: StorySource, like undisturbed: UndisturbedLife, seed: UInt64,
        blow: (WriteCount, inout Dice) -> Blow
    ) async throws -> Int {
        let life = try ServedLife(base: base, source: source)
        var dice = Dice(seed: seed)
        var deaths = 0
        // The daemon reads both entries of a new catalogue at once.
        for (index, chapter) in Story.chapters.enumerated() where index != 1 {
            let blow = blow(undisturbed.counts[index], &dice)
            var complaints: [String] = []
            let (died, rows) = try await life.live(chapter, blow: blow) { complaints.append($0) }
            deaths += died ? 1 : 0
            let wanted = undisturbed.rows[max(1, index)].withoutPast(of: "thing")
            complaints += rows.withoutPast(of: "thing").differences(from: wanted)
            guard complaints.isEmpty else {
                let place = "seed \(seed), \(chapter), served, killed \(blow)"
                Issue.record("\(place):\n\(complaints.prefix(12).joined(separator: "\n"))")
                break
            }
        }
        return deaths
    }

    /// At every commit of the story, before it, in the middle of it and after it; and at random, once or twice in a row.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["HUITONG_SOAK"] != nil, "HUITONG_SOAK=1: make soak"))
    func killedEverywhere() async throws {
        let source = StorySource()
        let seed = Dice.seedOfThisRun
        let end = ContinuousClock.now + .seconds(15 * 60)
        print("seed \(seed)")
        try await LoopbackSource.serving {
            source.answer($0, $1)
        } _: { base, _ in
            let undisturbed = try await UndisturbedLife.lived()
            let commits = undisturbed.counts.map(\.commits).max() ?? 0
            var (lives, deaths, served) = (0, 0, 0)
            while ContinuousClock.now < end {
                let (commit, moment) = (lives / 3 + 1, Blow.Moment.allCases[lives % 3])
                let seed = seed &+ UInt64(lives)
                if lives % 5 == 4 {
                    served += try await Self.serve(base, source, like: undisturbed, seed: seed) { .any(among: $0, &$1) }
                }
                deaths += try await Self.live(base, source, like: undisturbed, seed: seed) { count, dice in
                    if commit <= commits { return commit <= count.commits ? [.commit(commit, moment)] : [] }
                    return (0..<Int.random(in: 1...2, using: &dice)).map { _ in .any(among: count, &dice) }
                }
                lives += 1
            }
            print("\(lives) lives, \(deaths) commands and \(served) daemons killed")
            print("\(undisturbed.counts.map(\.commits)) commits a chapter")
            #expect(deaths + served >= 200, "seed \(seed)")
        }
    }
}

/// Numbers that a failing test can repeat (SplitMix64): `HUITONG_SEED` says which.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    static let seedOfThisRun =
        ProcessInfo.processInfo.environment["HUITONG_SEED"].flatMap { UInt64($0) } ?? .random(in: 0..<1_000_000)
}

extension Blow {
    static func commit(among count: WriteCount, _ dice: inout Dice) -> Blow {
        .commit(.random(in: 1...max(1, count.commits), using: &dice), moment(&dice))
    }

    static func write(among count: WriteCount, _ dice: inout Dice) -> Blow {
        .write(.random(in: 1...max(1, count.writes), using: &dice), moment(&dice))
    }

    private static func moment(_ dice: inout Dice) -> Moment { Moment.allCases.randomElement(using: &dice) ?? .half }

    static func time(within count: WriteCount, _ dice: inout Dice) -> Blow {
        .time(.random(in: 10...max(11, count.milliseconds * 2 / 3), using: &dice))
    }

    static func any(among count: WriteCount, _ dice: inout Dice) -> Blow {
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: commit(among: count, &dice)
        case 1: write(among: count, &dice)
        default: time(within: count, &dice)
        }
    }
}
