import Foundation

extension Diagnostic.Rule {
    /// A system's base is an address that requests can be built on.
    static let badAddress: Self = "bad-address"
}

extension Reader {
    /// A base address, without trailing slashes.
    mutating func address(_ item: Item?) -> String? {
        guard let item, let text = text(item) else { return nil }
        if WrittenSecret.isInAddress(text) {
            report(writtenSecret: "a part of this address", at: item.place)
            return nil
        }
        let parts = URLComponents(string: text)
        let hasPlace = parts?.scheme == "file" ? parts?.path.isEmpty == false : parts?.host?.isEmpty == false
        guard let parts, ["http", "https", "file", "sftp", "ftps", "ftp"].contains(parts.scheme), hasPlace,
            parts.query == nil,
            parts.fragment == nil
        else {
            report(
                .badAddress, at: item.place, "`\(text)` is no base address",
                advice: "Write scheme, host, port and path without a query, for example `https://10.1.2.3:8443/api`.")
            return nil
        }
        var base = Substring(text)
        while base.hasSuffix("/") { base = base.dropLast() }
        return String(base)
    }
}
