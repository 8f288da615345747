import Model
import Transport

/// How a request is sent, as the reading loops are given it.
typealias Sending = (Request) async throws(Fault) -> Response

/// What is in a folder of deliveries.
struct FolderView {
    let plan: DeliveryPlan
    /// Markers and control files, in order.
    let markers: [FileName]
    /// All else, in order.
    let others: [FileName]
    /// Names that are not in UTF-8, and so belong to no file that can be asked for.
    let illegible: Int

    static let namesAtMost = 10_000
    static let markerBytes = 1 << 20

    /// Asks for the names in the folder; those that are no plain names are not touched.
    ///
    /// - Throws: `source.too-large` for more than 10,000, and what `send` throws.
    init(_ plan: DeliveryPlan, send: Sending) async throws(Fault) {
        let response = try await send(plan.folder.listing)
        let bytes = try await response.body.bytes(limit: 4 << 20)
        let lines = bytes.split { $0 == 0x0a || $0 == 0x0d }
        guard lines.count <= Self.namesAtMost else {
            throw Fault(
                .sourceTooLarge, "The folder holds more than \(Self.namesAtMost) files.",
                advice: "Let what was delivered long ago be moved away.")
        }
        let texts = lines.compactMap { String(validating: $0, as: UTF8.self) }
        let names = texts.compactMap { FileName($0) }.sorted()
        illegible = lines.count - texts.count
        self.plan = plan
        markers = names.filter { plan.ready.matches($0.text) }
        others = names.filter { !plan.ready.matches($0.text) }
    }

    /// What a marker stands for at present.
    func delivery(_ marker: FileName, send: Sending) async throws(Fault) -> Delivery {
        do {
            let bytes = try await send(plan.folder.request(marker)).body.bytes(limit: Self.markerBytes)
            let named = try plan.control.files(
                of: marker, bytes: bytes, among: others, digest: plan.digest, charset: plan.answer.charset)
            let known = Set(others)
            var tags: [String] = []
            let files = named.filter { known.contains($0.name) }
            for file in files { tags.append(try await tag(file.name, send: send)) }
            return Delivery(
                marker: marker, bytes: bytes, files: files, missing: named.map(\.name).filter { !known.contains($0) },
                tags: tags)
        } catch {
            throw error.at(["delivery": marker.text])
        }
    }

    /// What the folder says of a file's version; `""` where it says nothing.
    private func tag(_ name: FileName, send: Sending) async throws(Fault) -> String {
        let head = try await send(plan.folder.request(name, method: "HEAD")).head
        if let tag = head.headers["etag"] { return tag }
        return [head.headers["content-length"], head.headers["last-modified"]].compactMap { $0 }.joined(separator: " ")
    }

    /// The delivery that is to be read next; nil where none waits.
    ///
    /// A delta's are read one after another, the oldest first. Of a snapshot's only the newest counts: what came before it
    /// says nothing more.
    ///
    /// - Parameter anew: whether those that were read count as waiting too.
    func next(anew: Bool, send: Sending) async throws(Fault) -> Delivery? {
        for marker in plan.isDelta ? markers[...] : markers.suffix(1) {
            if let delivery = try await waiting(marker, anew: anew, send: send) { return delivery }
        }
        return nil
    }

    /// Whether a delivery waits behind this one. One that cannot be looked at waits, too: what is wrong with it is said
    /// when it is its turn, and keeps nobody before it.
    func isLast(_ delivery: Delivery, anew: Bool, send: Sending) async -> Bool {
        for marker in markers where delivery.marker < marker {
            do {
                if try await waiting(marker, anew: anew, send: send) != nil { return false }
            } catch {
                return false
            }
        }
        return true
    }

    private func waiting(_ marker: FileName, anew: Bool, send: Sending) async throws(Fault) -> Delivery? {
        let memory = anew ? DeliveryMemory() : plan.memory
        let delivery = try await delivery(marker, send: send)
        return memory.has(delivery) ? nil : delivery
    }

    /// What is said beside "there is nothing", where there are names that cannot be read; else nothing.
    var remark: String {
        illegible == 0 ? "" : " The names of \(illegible) files in it are not in UTF-8 and cannot be read."
    }

    /// What is known once a delivery is published; nil for none read.
    func memory(after delivery: Delivery?) -> DeliveryMemory {
        var memory = plan.beginsAnew && delivery != nil ? DeliveryMemory() : plan.memory
        if let delivery {
            memory.add(delivery)
            if !plan.isDelta { memory.supersede(markers.filter { $0 < delivery.marker }) }
        }
        memory.keep(markers)
        return memory
    }
}
