import District

extension Exchange {
    /// What stands beside peers: none of them keeps an index but the key's, or, of places, one of where they are.
    static let besidePeers =
        Exchange(hasIndexes: false).trials + Exchange(hasIndexes: false, hasPlaces: true).trials

    /// The entry that the exchange is measured with.
    func entry(_ format: EntityGenerator.Format) -> String {
        var text = Self.entry(format)
        if !hasIndexes { text.replace(", index: true", with: "") }
        if hasPlaces { addPlaces(to: &text, format) }
        return text
    }

    private func addPlaces(to text: inout String, _ format: EntityGenerator.Format) {
        switch format {
        case .json:
            text.replace("/data/rows", with: "/features")
            text.replace("/data/total", with: "/numberMatched")
            for field in EntityGenerator.fields {
                text.replace("from: \(field),", with: "from: /properties/\(field),")
                text.replace("from: \(field)}", with: "from: /properties/\(field)}")
            }
            text += "\n  place: {title: 位置, from: /geometry, type: geometry, crs: \"OGC:CRS84\"}\n"
        case .xml:
            text.replace("/Response/Rows/Row", with: "/FeatureCollection/member/entity")
            text.replace("/Response/Head/Total", with: "/FeatureCollection/@numberMatched")
            text += "\n  place: {title: 位置, from: shape, type: geometry, crs: \"OGC:CRS84\"}\n"
        }
    }
}
