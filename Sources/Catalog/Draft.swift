import Model

/// A noun as a file says it, with the places of its parts, before it is known to be right.
struct Draft<Noun: Sendable>: Sendable {
    let noun: Noun
    let file: String
    let places: Places

    /// A mistake at the value that these keys lead to.
    func mistake(
        _ rule: Diagnostic.Rule, at path: String..., message: String, advice: String
    ) -> Diagnostic {
        mistake(rule, at: path, message: message, advice: advice)
    }

    func mistake(_ rule: Diagnostic.Rule, at path: [String], message: String, advice: String) -> Diagnostic {
        Diagnostic(file: file, place: places.value(path), rule: rule, message: message, advice: advice)
    }

    /// A mistake at the key that these keys lead to.
    func mistake(
        _ rule: Diagnostic.Rule, atKey path: String..., message: String, advice: String
    ) -> Diagnostic {
        Diagnostic(file: file, place: places.key(path), rule: rule, message: message, advice: advice)
    }
}

/// What an entry or subject may refer to: every name that any file declares, even one with mistakes of its own, so that
/// one mistake is told once.
struct Surroundings: Sendable {
    var departments: [Department] = []
    var lists: [String: CodeList] = [:]
    var manifests: [String: Manifest] = [:]
    var entries: [String: Entry] = [:]

    var systems: [SourceSystem] { departments.flatMap(\.systems) }
}

/// A rule about entries that looks at more than one value: what it finds wrong, each at its place.
struct EntryRule: Sendable {
    let check: @Sendable (Draft<Entry>, Surroundings) -> [Diagnostic]

    /// Every such rule; what concerns one value alone is held while the value is read.
    static let all: [EntryRule] = [
        .unknownDepartment, .unknownSystem, .unknownList, .unknownCode, .keyIsField, .placeHasSystem, .unitIsMeasured,
        .unknownUnit, .unreadableMeaning, .unusedSetting, .badFormat,
        .deltaFollowsTime, .withheldHasBasis, .blankIsFilled,
    ]
}

/// A rule about subjects.
struct SubjectRule: Sendable {
    let check: @Sendable (Draft<Subject>, Surroundings) -> [Diagnostic]

    static let all: [SubjectRule] = [.sourceExists, .sourceJoins, .countIsIndexed, .conditionHolds]
}
