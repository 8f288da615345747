import District
import Foundation

/// A register in all the forms that are read beside each other: its pages, pages with places, and files of the same.
struct PeersRegister {
    let plain: Register

    init(_ plain: Register) { self.plain = plain }

    /// Where the exchange reads what peers read in this form.
    func pages(_ form: RegisterCopy.Form, _ edition: EntityGenerator.Edition) -> String {
        switch form {
        case .lines, .featureLines: plain.pages(.json, edition)
        case .features, .markup: "\(plain.folder)/\(form.rawValue)-\(plain.records)-\(edition.rawValue)"
        }
    }

    /// Where contenders keep what is theirs.
    var contenders: String { "\(plain.folder)/peers-\(plain.records)" }

    /// Writes what a peer and the exchange beside it read, where it is not there yet.
    func write(for peer: IngestPeer) throws {
        for edition in EntityGenerator.Edition.allCases {
            try plain.write(.json, edition)
            guard case .file(let form) = peer.source else { continue }
            try file(form, edition)
            let pages = pages(form, edition)
            if pages != plain.pages(.json, edition) {
                try copy(form, plain.pages(form.pages, edition), to: pages, isPaged: true)
            }
        }
    }

    /// Gives `body` what a peer is told to read: the address of pages that are being served, or a file.
    func source<Outcome>(
        of peer: IngestPeer, _ edition: EntityGenerator.Edition, _ body: (String) throws -> Outcome
    ) throws -> Outcome {
        switch peer.source {
        case .pages: try Register.serving(plain.pages(.json, edition), .json, body)
        case .file(let form): try body(try file(form, edition))
        }
    }

    /// All records as a file, which is written where it is not there yet.
    @discardableResult
    func file(_ form: RegisterCopy.Form, _ edition: EntityGenerator.Edition) throws -> String {
        let path = "\(plain.folder)/records-\(plain.records)-\(edition.rawValue).\(form.rawValue)"
        try plain.write(form.pages, edition)
        try copy(form, plain.pages(form.pages, edition), to: path, isPaged: false)
        return path
    }

    /// In a child, because this process has to stay small (see `Child`).
    private func copy(_ form: RegisterCopy.Form, _ pages: String, to target: String, isPaged: Bool) throws {
        guard !FileManager.default.fileExists(atPath: target) else { return }
        say("writing \(plain.records) records as \(target)")
        try? FileManager.default.removeItem(atPath: "\(target).part")
        let way = isPaged ? ["--paged"] : []
        try Child(["copy", "\(plain.records)", form.rawValue, pages, "\(target).part"] + way).wait()
        try FileManager.default.moveItem(atPath: "\(target).part", toPath: target)
    }
}
