import Model

/// The part of a manifest that says how deliveries arrive in a folder.
extension Reader {
    mutating func manifestDelivery(_ item: Item) -> Manifest.Delivery {
        var delivery = Manifest.Delivery()
        guard let part = mapping(item, of: "delivery", keys: ManifestKeys.delivery) else { return delivery }
        delivery.folder = text(part["folder"]) ?? delivery.folder
        delivery.ready = text(part["ready"]) ?? delivery.ready
        delivery.control = text(part["control"]) ?? delivery.control
        delivery.data = text(part["data"])
        delivery.entries = texts(part["entries"])
        delivery.files = text(part["files"])
        delivery.name = text(part["name"])
        delivery.columns = texts(part["columns"])
        delivery.count = text(part["count"])
        delivery.size = text(part["size"])
        delivery.algorithm = text(part["algorithm"])
        delivery.digest = text(part["digest"])
        return delivery
    }
}
