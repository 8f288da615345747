extension Diagnostic.Rule {
    /// A reference system is named by its EPSG code, or is CRS84.
    static let badReferenceSystem: Self = "bad-crs"
}

extension Reader {
    /// The name as it is written, even where it is reported: it is not missing.
    mutating func referenceSystem(_ item: Item?) -> String? {
        guard let item, let text = text(item) else { return nil }
        let number = text.dropFirst("EPSG:".count)
        let isEPSG = text.hasPrefix("EPSG:") && number.count >= 4 && number.allSatisfy { ("0"..."9").contains($0) }
        if isEPSG || text == "OGC:CRS84" { return text }
        report(
            .badReferenceSystem, at: item.place, "`\(text)` is no reference system",
            advice: "Write `EPSG:` and its number, for example `EPSG:4547` (CGCS2000, 3-degree zone of 114° E), or "
                + "`OGC:CRS84`; GCJ-02 and BD-09 have none and are not read.")
        return text
    }
}
