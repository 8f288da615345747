import Catalog
import Model

extension Transcript {
    /// What a run of the transcript's entry would ask, under a version that never changes.
    func plan(of manifest: Manifest, base: String, watermark: Watermark?) throws(Fault) -> SourcePlan {
        let fields = columns.enumerated().map { index, path in
            Field(name: "column_\(index + 1)", title: path, source: .path(path))
        }
        let entry = Entry(
            name: name, title: title, department: "department",
            source: Entry.Source(system: "system", adapter: manifest.name, parameters: parameters),
            delivery: delivery, key: [], fields: fields)
        return try SourcePlan(
            entry: entry, system: SourceSystem(name: "system", title: "System", base: base), manifest: manifest,
            secrets: Secrets { "secret \($0)" }, watermark: watermark, version: 1, snapshot: false)
    }
}
