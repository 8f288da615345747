import Model

extension Diagnostic.Rule {
    /// A path can be followed in the adapter's format.
    static let badPath: Self = "bad-path"
}

/// The syntax in which an entry's paths are written.
struct PathSyntax {
    let format: SourceFormat
    let namespaces: [String: String]
}

extension Reader {
    /// Checks a path; without a syntax, because the adapter is unknown, every path is taken.
    mutating func check(path: String, at item: Item, syntax: PathSyntax?) {
        guard let syntax else { return }
        do throws(SourcePath.Invalid) {
            _ = try SourcePath(path, format: syntax.format, namespaces: syntax.namespaces)
        } catch {
            var place = item.place
            place.column += error.column - 1 + (item.isQuoted ? 1 : 0)
            report(
                .badPath, at: place,
                "`\(path)` is no \(syntax.format.pathName) that can be read",
                advice: error.message.prefix(1).uppercased() + error.message.dropFirst() + ".")
        }
    }
}
