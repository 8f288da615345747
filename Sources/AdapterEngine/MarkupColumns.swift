import Model

extension Entry {
    /// The columns of `readPaths` that hold geometries: in XML these are elements within elements, and are read as such.
    var markupColumns: Set<Int> {
        let paths = readPaths
        return Set(
            fields.compactMap { field in
                guard field.type.isSpatial, case .path(let path) = field.source else { return nil }
                return paths.firstIndex(of: path)
            })
    }
}
