import Model

extension Entry {
    /// The columns of `readPaths` that hold geometries: in XML these are elements within elements, and are read as such.
    var markupColumns: Set<Int> {
        var wanted: Set<String> = []
        for field in fields where field.type.isSpatial {
            if case .coordinates = field.source { continue }
            wanted.formUnion(field.source.paths)
        }
        return Set(readPaths.indices.filter { wanted.contains(readPaths[$0]) })
    }
}
