/// A program that answers queries, and how it is asked what the exchange is asked beside it.
struct QueryPeer: Sendable {
    enum Question: Sendable, CaseIterable {
        /// One record by its key.
        case key
        /// The features in a box, a hundred of them or so.
        case box
    }

    let name: String
    let question: Question
    let script: PeerScript
    /// Who leaves what it serves, or the form of the file that it serves.
    let serves: Holding
    /// The path and query; `*` stands for a key, or a box of four numbers.
    let path: String
    /// How many times as many requests the exchange is to answer.
    let goal: Double?

    enum Holding: Sendable {
        case database(of: String, named: String)
        case lines
    }

    static let all = [
        QueryPeer(
            name: "datasette", question: .key, script: PeerScript(name: "datasette"),
            serves: .database(of: "python-script", named: "register.sqlite"),
            path: "/register/entity/*.json?_shape=object", goal: 10),
        QueryPeer(
            name: "roapi", question: .key, script: PeerScript(name: "roapi"), serves: .lines,
            path: "/api/tables/entity?filter%5BTYSHXYDM%5D=%27*%27", goal: 10),
        QueryPeer(
            name: "pygeoapi", question: .box, script: PeerScript(name: "pygeoapi"),
            serves: .database(of: "ogr2ogr-geojson", named: "register.gpkg"),
            path: "/collections/entity/items?f=json&limit=1000&bbox=*", goal: nil),
    ]

    /// How the exchange is asked the same.
    static func exchangePath(_ question: Question) -> String {
        switch question {
        case .key: "/collections/entity/items/*?f=json"
        case .box: "/collections/entity/items?f=geojson&limit=1000&bbox=*"
        }
    }
}
