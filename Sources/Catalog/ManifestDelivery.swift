import Model

/// The part of a manifest that says how deliveries arrive in a folder.
extension Reader {
    /// The parts of a manifest that reads files: nothing is asked, so nothing says how.
    static let deliveryParts = ["delivery", "record_selector", "decoder", "completeness"]

    mutating func manifestDelivery(_ item: Item) -> Manifest.Delivery {
        let keys = ["folder", "ready", "control", "data", "entries", "files", "name", "count", "digest"]
        var delivery = Manifest.Delivery()
        guard let part = mapping(item, of: "delivery", keys: keys) else { return delivery }
        delivery.folder = text(part["folder"]) ?? delivery.folder
        delivery.ready = text(part["ready"]) ?? delivery.ready
        delivery.control = text(part["control"]) ?? delivery.control
        delivery.data = text(part["data"])
        delivery.entries = texts(part["entries"])
        delivery.files = text(part["files"])
        delivery.name = text(part["name"])
        delivery.count = text(part["count"])
        delivery.digest = text(part["digest"])
        return delivery
    }
}
