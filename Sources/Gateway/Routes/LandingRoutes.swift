import Hummingbird

extension Answering {
    /// Where everything starts.
    func landing(_ call: Call) -> Response {
        let document: JSONValue = [
            "title": "Huitong",
            "description": "One queryable database over the systems of many departments",
            "links": .array(
                [
                    Link("self", call.base + "/", type: "application/json"),
                    Link("data", call.base + "/collections", type: "application/json", title: "Collections"),
                    Link("catalog", call.base + "/catalog", type: "application/geo+json", title: "Catalogue"),
                    Link("status", call.base + "/status", type: "application/json", title: "How the exchange is doing"),
                    Link("runs", call.base + "/runs", type: "application/json", title: "Latest runs"),
                ].map(\.json)),
        ]
        return Response(document.buffer)
    }
}
