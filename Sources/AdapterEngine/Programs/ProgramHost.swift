import Foundation
import Model

/// Runs programs that sources name: those of one folder and no others, each in a folder of its own that is gone afterwards.
public struct ProgramHost: Sendable {
    /// Takes a chunk of standard output, and says whether it wants more.
    typealias Receiver = (_ chunk: [UInt8]) async throws(Fault) -> Bool

    private let start: @Sendable (ProgramOrder, ProgramLog.Place?, Receiver) async throws(Fault) -> ProgramEnd
    private let logs: URL?
    private var number: Int64?

    /// - Parameters:
    ///   - folder: whose executables may be run; nil for none.
    ///   - data: the folder that working folders and logs are made in.
    public init(folder: URL?, data: URL) {
        logs = data.appending(path: "logs")
        start = { order, place, receive throws(Fault) in
            let executable = try ProgramFolder(folder).executable(order.command)
            let scratch = try ProgramScratch(below: data.appending(path: "scratch"), files: order.files)
            defer { scratch.remove() }
            return try await ProgramProcess(executable: executable, scratch: scratch.folder, order: order, log: place)
                .run(receive)
        }
    }

    /// Programs that are not run: their output is known.
    init(recorded: @escaping @Sendable (ProgramOrder, Receiver) async throws(Fault) -> ProgramEnd) {
        logs = nil
        start = { order, _, receive throws(Fault) in try await recorded(order, receive) }
    }

    /// A host that runs nothing.
    public static let none = ProgramHost { order, _ throws(Fault) in
        _ = try ProgramFolder(nil).executable(order.command)
        return ProgramEnd(exit: .stopped)
    }

    /// The same, keeping what programs log as this run's.
    public func keepingLog(of run: Int64) -> ProgramHost {
        var copy = self
        copy.number = run
        return copy
    }

    /// The file that a run's log is kept in.
    public static func log(of run: Int64, data: URL) -> URL { data.appending(path: "logs/\(run).log") }

    private var place: ProgramLog.Place? {
        number.flatMap { number in logs.map { ProgramLog.Place(folder: $0, run: number) } }
    }

    /// Adds a line of ours to the run's log.
    func note(_ line: String) {
        guard let file = place?.open() else { return }
        try? file.write(contentsOf: Data("huitong: \(line)\n".utf8))
        try? file.close()
    }

    /// Runs a program to its end, or until `receive` has enough.
    ///
    /// - Throws: what `receive` throws, `source.address-forbidden` and `source.not-found` for a program that may not be run or
    ///   is not there, `source.timeout`, `run.cancelled`.
    func run(_ order: ProgramOrder, _ receive: Receiver) async throws(Fault) -> ProgramEnd {
        let place = place
        do {
            return try await start(order, place, receive)
        } catch {
            throw error.at(["program": order.command].merging(place.map { ["log": $0.file.path] } ?? [:]) { $1 })
        }
    }
}
