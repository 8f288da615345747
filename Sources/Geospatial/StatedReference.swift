extension CoordinateReference {
    /// Reads the name that a source gives beside its coordinates: `srsName` of GML, `crs` of GeoJSON as it was in 2008.
    ///
    /// URNs (OGC 07-092r3 §7) and the addresses under `/def/crs/` (OGC 09-048r5 §4) mean the register's order of axes, the
    /// short forms `EPSG:4326` and `http://www.opengis.net/gml/srs/epsg.xml#4326` mean easting or longitude first.
    init(stated name: String) throws(GeometryProblem) {
        let parts: [Substring]
        var isLong = true
        var isCompound = false
        if let rest = Self.rest(of: name, behind: ["urn:ogc:def:crs:", "urn:x-ogc:def:crs:"]) {
            parts = rest.split(separator: ":")
        } else if let rest = Self.rest(of: name, behind: ["urn:ogc:def:crs,crs:"]) {
            // The horizontal system of a compound one comes first.
            parts = rest.prefix { $0 != "," }.split(separator: ":")
            isCompound = rest.contains(",")
        } else if let rest = Self.rest(of: name, behind: Self.addresses) {
            parts = rest.split(separator: "/")
        } else if let rest = Self.rest(of: name, behind: ["http://www.opengis.net/gml/srs/epsg.xml#"]) {
            (parts, isLong) = (["EPSG", rest], false)
        } else {
            (parts, isLong) = (name.split(separator: ":"), false)
        }
        try self.init(authority: parts.first, code: parts.last)
        isInAuthorityOrder = isLong
        hasHeight = isCompound
    }

    private static let addresses = ["http://www.opengis.net/def/crs/", "https://www.opengis.net/def/crs/"]

    /// A number as PostGIS (`SRID`) and ArcGIS (`wkid`) give it: of the EPSG register, or of Esri's from 100,000 on.
    init(number: Int) throws(GeometryProblem) {
        switch number {
        // Esri's first number of Web Mercator.
        case 102_100: self.init(known: "EPSG:3857")
        case 1..<100_000: self.init(known: "EPSG:\(number)")
        case 100_000..<1_000_000: self.init(known: "ESRI:\(number)")
        default: throw .unknownReference
        }
    }

    private init(authority: Substring?, code: Substring?) throws(GeometryProblem) {
        guard let authority = authority?.uppercased(), let code = code?.uppercased() else { throw .unknownReference }
        switch authority {
        case "EPSG", "ESRI":
            guard let number = Int(code), number > 0, code.first != "+" else { throw .unknownReference }
            self.init(known: "\(authority):\(number)")
        case "OGC" where code == "CRS84", "CRS84" where code == "CRS84", "CRS" where code == "84": self = .crs84
        default: throw .unknownReference
        }
    }

    private static func rest(of name: String, behind prefixes: [String]) -> Substring? {
        prefixes.first { name.lowercased().hasPrefix($0) }.map { name.dropFirst($0.count) }
    }

    /// The same system with easting or longitude first.
    var eastingFirst: CoordinateReference {
        var reference = self
        reference.isInAuthorityOrder = false
        return reference
    }
}
