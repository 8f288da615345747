/// A program that takes a register into a database, and what it is given.
struct IngestPeer: Sendable {
    enum Source: Sendable {
        /// The pages that the exchange reads.
        case pages
        /// The same records in a file.
        case file(RegisterCopy.Form)
    }

    /// Who takes minutes for what others do in seconds is given fewer records, and the exchange as few beside it.
    enum Pace: Sendable, CaseIterable {
        case quick, slow, slowest
    }

    let name: String
    let script: PeerScript
    let source: Source
    let pace: Pace
    /// Of the database that it leaves; all have a table `entity`.
    let result: String
    /// How many times as fast the exchange is to be.
    let goal: Double?

    init(
        _ name: String, script: PeerScript? = nil, _ source: Source, _ pace: Pace, result: String = "register.sqlite",
        goal: Double? = nil
    ) {
        self.name = name
        self.script = script ?? PeerScript(name: name)
        self.source = source
        self.pace = pace
        self.result = result
        self.goal = goal
    }

    /// The exchange's measurements that stand beside it.
    var counterpart: (contender: Exchange, form: RegisterCopy.Form) {
        switch source {
        case .file(.features): (Exchange(hasIndexes: false, hasPlaces: true), .features)
        case .file(.markup): (Exchange(hasIndexes: false, hasPlaces: true), .markup)
        default: (Exchange(hasIndexes: false), .lines)
        }
    }

    static let all = [
        IngestPeer(
            "python-script", script: PeerScript(name: "python-script", needsNothing: true), .pages, .quick, goal: 2),
        IngestPeer("ogr2ogr-records", script: ogr2ogr, .file(.featureLines), .quick, goal: 1),
        IngestPeer("ogr2ogr-geojson", script: ogr2ogr, .file(.features), .slow, result: "register.gpkg", goal: 1),
        IngestPeer("ogr2ogr-gml", script: ogr2ogr, .file(.markup), .slow, result: "register.gpkg", goal: 1),
        IngestPeer("sqlite-utils", .pages, .slow),
        IngestPeer("sling", .file(.lines), .slow, goal: 10),
        IngestPeer("dlt", .pages, .slow, goal: 15),
        IngestPeer("singer", .pages, .slowest),
    ]

    private static let ogr2ogr = PeerScript(name: "ogr2ogr", needsNothing: true)
}
