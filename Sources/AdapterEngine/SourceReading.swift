import Foundation
import Model
import Parsing
import Transport

/// Reads a source, and hands over its records in bounded batches with the position that follows each.
///
/// How records come and are read is in the plan, what becomes of them is the receiver's. Parsing happens in the task that
/// calls, while the transport fetches what comes next.
public struct SourceReading: Sendable {
    /// Takes a batch and the position that follows it. What it leaves in the batch's place is emptied and filled next, so
    /// that a receiver can let the same memory go round.
    public typealias Emit = (inout RawBatch, Position) async throws(Fault) -> Void

    public var limit: BatchLimit
    /// Pages to read at most, for a preview; nil for all.
    public var pagesAtMost: Int?
    /// Where files that have to be whole before they are read are kept meanwhile.
    public var scratch: URL
    /// Times that a page which broke off is asked for again.
    var retries = PageReading.standardRetries
    private let now: @Sendable () -> Date
    private let programs: ProgramHost
    private let pause: @Sendable (Double) async throws(Fault) -> Void

    /// Records of a program that count as a page, for a preview.
    static let recordsOfPage = 1000

    /// - Parameters:
    ///   - now: the clock that signatures are made by.
    ///   - programs: what runs the programs that are sources.
    ///   - pause: waits so many seconds before a page is asked for again.
    public init(
        limit: BatchLimit = BatchLimit(), pagesAtMost: Int? = nil,
        scratch: URL = FileManager.default.temporaryDirectory, now: @escaping @Sendable () -> Date = { Date() },
        programs: ProgramHost = .none,
        pause: @escaping @Sendable (Double) async throws(Fault) -> Void = SourceReading.wait
    ) {
        self.limit = limit
        self.pagesAtMost = pagesAtMost
        self.scratch = scratch
        self.now = now
        self.programs = programs
        self.pause = pause
    }

    /// Waits on the machine's own clock.
    ///
    /// - Throws: `run.cancelled` where the task is cancelled meanwhile.
    public static let wait: @Sendable (Double) async throws(Fault) -> Void = { seconds throws(Fault) in
        do {
            try await Task.sleep(for: .seconds(seconds))
        } catch {
            throw Fault(.runCancelled, "the run was stopped")
        }
    }

    /// Reads from `position` to the end, and hands over bounded batches with the position that follows them.
    ///
    /// A source without records hands over one empty batch, so that the last position always arrives; an unmodified one
    /// hands over nothing.
    ///
    /// - Throws: what `send` and `emit` throw; of its own `source.said-no`, `source.unexpected`, `source.endless` and what a
    ///   parser says of a body.
    public func read(
        _ plan: SourcePlan, from position: Position, send: (Request) async throws(Fault) -> Response,
        emit: Emit
    ) async throws(Fault) -> ReadingSummary {
        switch plan.way {
        case .pages(let pages):
            try await PageReading(limit: limit, pagesAtMost: pagesAtMost, now: now, pause: pause, retries: retries)
                .read(
                    pages, from: position, send: send, emit: emit)
        case .deliveries(let deliveries):
            try await DeliveryReading(limit: limit, documentsAtMost: pagesAtMost, scratch: scratch).read(
                deliveries, from: position, send: send, emit: emit)
        case .program(let program):
            try await ProgramReading(
                limit: limit, recordsAtMost: pagesAtMost.map { $0 * Self.recordsOfPage }, programs: programs
            ).read(program, from: position, emit: emit)
        }
    }
}
