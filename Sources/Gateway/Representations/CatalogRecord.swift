import Model
import Store

/// A catalogue entry as consumers see it: what it holds and on which terms, never how its source is reached.
struct CatalogRecord: Sendable {
    private let registration: Registration
    private let department: Department?
    private let base: String

    init(_ registration: Registration, departments: [Department], base: String) {
        self.registration = registration
        department = departments.first { $0.name == registration.entry.department }
        self.base = base
    }

    var json: JSONValue {
        let name = registration.entry.name
        return [
            "id": .string(name),
            "type": "Feature",
            "time": nil,
            "geometry": nil,
            "properties": properties,
            "links": .array(
                [
                    Link("self", "\(base)/catalog/\(name)", type: "application/geo+json"),
                    Link("collection", "\(base)/collections/\(name)", type: "application/json"),
                    Link("items", "\(base)/collections/\(name)/items", type: "application/json"),
                ].map(\.json)),
        ]
    }

    private var properties: JSONValue {
        let entry = registration.entry
        return .present([
            ("type", "dataset"),
            ("title", .string(entry.title)),
            ("titleEnglish", entry.titleEnglish.map { .string($0) }),
            ("description", .string(entry.summary)),
            ("code", entry.code.map { .string($0) }),
            ("keywords", .array(entry.categories.map { .string($0) })),
            ("contacts", [contact]),
            ("updateCycle", .string(entry.update.rawValue)),
            ("grade", .integer(Int64(entry.grade))),
            ("open", .boolean(entry.isOpen)),
            ("share", share),
            ("key", .array(entry.key.filter(isVisible).map { .string($0) })),
            ("fields", .array(entry.fields.filter { !$0.isWithheld }.map(CatalogRecord.field))),
            ("version", .integer(Int64(registration.version))),
            ("updated", .string(registration.at)),
            ("paused", .boolean(registration.isPaused)),
        ])
    }

    private func isVisible(_ name: String) -> Bool {
        registration.entry.fields.contains { $0.name == name && !$0.isWithheld }
    }

    private var contact: JSONValue {
        .present([
            ("identifier", .string(registration.entry.department)),
            ("organization", .string(department?.title ?? registration.entry.department)),
            ("organizationEnglish", department?.titleEnglish.map { .string($0) }),
            ("roles", ["custodian"]),
        ])
    }

    private var share: JSONValue {
        let share = registration.entry.share
        return .present([
            ("type", .string(share.type.rawValue)),
            ("condition", share.condition.map { .string($0) }),
            ("scope", share.scope.map { .string($0) }),
            ("basis", share.basis.map { .string($0) }),
            ("uses", .array(share.uses.map { .string($0) })),
            ("methods", .array(share.methods.map { .string($0) })),
        ])
    }

    private static func field(_ field: Field) -> JSONValue {
        .present([
            ("name", .string(field.name)),
            ("title", .string(field.title)),
            ("titleEnglish", field.titleEnglish.map { .string($0) }),
            ("type", .string(field.type.rawValue)),
            ("list", field.list.map { .string($0) }),
            ("unit", field.unit.map { .string($0.to) }),
            ("required", .boolean(field.isRequired)),
            ("grade", .integer(Int64(field.grade))),
            ("masked", .boolean(field.isMasked)),
        ])
    }
}
