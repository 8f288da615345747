import Foundation
import Model

/// What a program writes to standard error, line by line and without secrets: the beginning in a file, the end in memory.
struct ProgramLog: Sendable {
    /// The file of a run, and how many of its kind are kept.
    struct Place: Sendable {
        let folder: URL
        let run: Int64

        static let kept = 50

        var file: URL { folder.appending(path: "\(run).log") }

        /// Makes room for the file, and opens it at its end.
        func open() -> FileHandle? {
            let files = FileManager.default
            try? files.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let names = (try? files.contentsOfDirectory(atPath: folder.path)) ?? []
            let runs = names.compactMap { Int64($0.split(separator: ".").first ?? "") }.filter { $0 != run }.sorted()
            for old in runs.dropLast(Self.kept - 1) {
                try? files.removeItem(at: folder.appending(path: "\(old).log"))
            }
            if !files.fileExists(atPath: file.path) {
                _ = files.createFile(atPath: file.path, contents: nil, attributes: [.posixPermissions: 0o600])
            }
            let handle = try? FileHandle(forWritingTo: file)
            _ = try? handle?.seekToEnd()
            return handle
        }
    }

    /// Bytes that are kept in the file.
    static let bytesAtMost = 1 << 20
    /// Bytes that are kept of a line.
    static let lineBytesAtMost = 4096
    /// Lines that are kept in memory.
    static let linesAtMost = 20

    private let redaction: Redaction
    private let file: FileHandle?
    private var written = 0
    private var left = 0
    private var line: [UInt8] = []
    private(set) var lastLines: [String] = []

    init(_ place: Place?, secrets: [String]) {
        redaction = Redaction(secrets)
        file = place?.open()
    }

    mutating func append(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else if line.count < 2 * Self.lineBytesAtMost {
                // Twice, so that a secret across the end of what is kept is seen whole.
                line.append(byte)
            }
        }
    }

    /// Ends the log: the last lines stand in the file, however much came before.
    mutating func finish() {
        if !line.isEmpty { endLine() }
        if left > 0 {
            write("… \(left) lines are left out; the last are:", isBounded: false)
            for line in lastLines { write(line, isBounded: false) }
        }
        try? file?.close()
    }

    private mutating func endLine() {
        let text = clean(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
        lastLines.append(text)
        if lastLines.count > Self.linesAtMost { lastLines.removeFirst() }
        write(text, isBounded: true)
    }

    private mutating func write(_ text: String, isBounded: Bool) {
        guard let file else { return }
        let data = Data((text + "\n").utf8)
        guard !isBounded || written + data.count <= Self.bytesAtMost, left == 0 || !isBounded else {
            left += 1
            return
        }
        written += data.count
        try? file.write(contentsOf: data)
    }

    /// One line fit for people: no secret, no control characters.
    private func clean(_ text: String) -> String {
        Verdict.plain(redaction(text), Self.lineBytesAtMost)
    }
}
