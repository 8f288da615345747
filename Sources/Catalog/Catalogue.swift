import Model

/// What the files of a catalogue say, as far as they are right: departments and systems, entries, subjects, code lists
/// and adapters.
public struct Catalogue: Sendable {
    public var departments: [Department]
    public var entries: [String: Entry]
    public var subjects: [String: Subject]
    public var lists: [String: CodeList]
    public var manifests: [String: Manifest]
    /// Entry name to the text it was read from, which is what a registration keeps.
    public var sources: [String: String]

    public init(
        departments: [Department] = [], entries: [String: Entry] = [:], subjects: [String: Subject] = [:],
        lists: [String: CodeList] = [:], manifests: [String: Manifest] = [:], sources: [String: String] = [:]
    ) {
        self.departments = departments
        self.entries = entries
        self.subjects = subjects
        self.lists = lists
        self.manifests = manifests
        self.sources = sources
    }

    /// The department of this name.
    public func department(named name: String) -> Department? { departments.first { $0.name == name } }

    /// The system of this name, whichever department it belongs to.
    public func system(named name: String) -> SourceSystem? {
        departments.lazy.flatMap(\.systems).first { $0.name == name }
    }
}
