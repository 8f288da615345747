import Model

extension Diagnostic.Rule {
    /// What a field says is heard: nothing of it is passed over in silence.
    static let unusedSetting: Self = "unused-setting"
}

extension EntryRule {
    static let unusedSetting = EntryRule { draft, _ in
        draft.noun.fields.flatMap { field -> [Diagnostic] in
            func mistake(_ key: String, _ types: String) -> Diagnostic {
                draft.mistake(
                    .unusedSetting, atKey: "fields", field.name, key,
                    message: "`\(key)` says nothing of `\(field.name)`, whose type is \(field.type.rawValue)",
                    advice: "Write \(types), or remove `\(key)`.")
            }
            var found: [Diagnostic] = []
            let isListed = [.code, .division, .citizenID].contains(field.type)
            if field.list != nil, !isListed {
                found.append(mistake("list", "`type: code` (or `division`, `citizen-id`)"))
            }
            if field.crs != nil, !field.type.isSpatial { found.append(mistake("crs", "`type: point` (or `geometry`)")) }
            if case .coordinates = field.source, field.type != .point { found.append(mistake("from", "`type: point`")) }
            return found
        }
    }
}
