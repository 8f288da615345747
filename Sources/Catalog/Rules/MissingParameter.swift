import Model

extension Diagnostic.Rule {
    /// `with` gives what the adapter cannot do without.
    static let missingParameter: Self = "missing-parameter"
}

extension Reader {
    /// `given` is nil where there is no `with`.
    mutating func checkMissingParameters(_ given: Mapping?, of manifest: Manifest, at place: Place) {
        for parameter in manifest.parameters where parameter.isRequired && given?[parameter.name] == nil {
            report(
                .missingParameter, at: given?.place ?? place,
                "adapter \(manifest.name) needs the parameter `\(parameter.name)`",
                advice: "Add it under `with`: \(parameter.about)")
        }
    }
}
