import Geospatial
import Model

/// Makes an entry's fields ready for a run.
struct Compiler {
    let entry: Entry
    let lists: [String: CodeList]
    let today: String
    let paths: [String: Int]

    func columns() throws(Fault) -> [Column] {
        // Fields of one reference system share a transformation.
        let transformations = Transformations()
        var columns: [Column] = []
        for field in entry.fields {
            let system = try system(field, transformations)
            let list = try list(field)
            func column(_ constant: Column.Constant? = nil) throws(Fault) -> Column {
                try Column(
                    field, entry: entry, paths: paths, list: list, today: today, system: system,
                    constant: constant)
            }
            if case .constant(let value) = field.source {
                columns.append(try column(constant(value, field, column())))
            } else {
                columns.append(try column())
            }
        }
        return columns
    }

    private func list(_ field: Field) throws(Fault) -> CodeList? {
        guard let name = field.list else { return nil }
        guard let list = lists[name] else {
            throw Column.mistake(
                field, "there is no code list \(name)",
                advice: "Known lists: \(lists.keys.sorted().joined(separator: " ")).")
        }
        return list
    }

    private func system(_ field: Field, _ transformations: Transformations) throws(Fault) -> PlaceSystem? {
        guard field.type.isSpatial else { return nil }
        let declared = try reference(field)
        if let declared { _ = try transformations.declared(declared) }
        return PlaceSystem(declared: declared, transformations: transformations)
    }

    /// The system that the entry declares; nil where it leaves that to the source.
    private func reference(_ field: Field) throws(Fault) -> CoordinateReference? {
        guard let name = field.crs else {
            // A geometry may name its system; bare columns say nothing, and a guess would be wrong by kilometres.
            guard case .coordinates = field.source else { return nil }
            throw Column.mistake(
                field, "coordinates in two columns need a reference system",
                advice: "Give crs, for example EPSG:4547, EPSG:4490 or OGC:CRS84.")
        }
        do throws(CoordinateReference.Problem) {
            return try CoordinateReference(name)
        } catch {
            switch error {
            case .shifted:
                throw Column.mistake(
                    field, "\(name) is a shifted reference system, which cannot be shifted back lawfully",
                    advice: "Ask the department for coordinates in CGCS2000 (EPSG:4490 or a projection of it).")
            case .unknown:
                throw Column.mistake(
                    field, "\(name) is not the name of a reference system",
                    advice: "Give an EPSG code, for example EPSG:4547, or OGC:CRS84.")
            }
        }
    }

    private func constant(_ value: String, _ field: Field, _ column: Column) throws(Fault) -> Column.Constant {
        var bytes: [UInt8] = []
        let source = Array(value.utf8)
        switch source.isEmpty ? Outcome.absent : column.read(source.span, kind: .text, into: &bytes) {
        case .value(let cell), .doubtful(let cell, _):
            return Column.Constant(kind: cell.kind, payload: cell.payload, bytes: bytes)
        case .absent: return Column.Constant(kind: .null, payload: 0, bytes: [])
        case .wrong(let rule):
            throw Column.mistake(
                field, "its constant is not of type \(field.type.rawValue)", advice: rule.message(field))
        }
    }
}

extension Column {
    func writeConstant(into bytes: inout [UInt8]) -> Outcome {
        guard let constant, constant.kind != .null else { return .absent }
        if constant.kind == .integer { return .value(RecordBatch.Cell(kind: .integer, payload: constant.payload)) }
        let cell = RecordBatch.Cell(kind: constant.kind, payload: constant.payload)
        let start = bytes.count
        bytes.append(contentsOf: constant.bytes)
        return .value(RecordBatch.Cell(kind: cell.kind, offset: start + cell.offset, length: cell.length))
    }
}
