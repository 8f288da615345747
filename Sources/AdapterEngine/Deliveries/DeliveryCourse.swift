import Model
import Parsing

/// How far the reading of a delivery has come.
struct DeliveryCourse {
    let view: FolderView
    let delivery: Delivery
    var harvest: Harvest
    var summary = ReadingSummary()
    private(set) var mark: DeliveryMark
    /// The document at hand, counted from 1 over all files.
    private(set) var page: Int
    private let since: String?

    init(_ view: FolderView, _ delivery: Delivery, from position: Position) throws(Fault) {
        self.view = view
        self.delivery = delivery
        mark = try DeliveryMark(position) ?? DeliveryMark(delivery)
        page = position.page
        since = position.since
        harvest = Harvest(columns: view.plan.answer.specification.columns.count, from: position)
    }

    /// The data file at hand; nil after the last.
    var file: Delivery.File? { mark.file < delivery.files.count ? delivery.files[mark.file] : nil }

    /// - Throws: `source.not-found` where a file is missing, or none belongs to the marker.
    func checkFiles() throws(Fault) {
        let marker = delivery.marker.text
        if let first = delivery.missing.first {
            throw Fault(
                .sourceNotFound, "\(marker) names \(first.text), which is not in the folder.",
                advice: "Ask the department to deliver it, or to correct the control file.",
                context: ["delivery": marker, "missing": String(delivery.missing.count)])
        }
        if delivery.files.isEmpty {
            throw Fault(
                .sourceNotFound, "\(marker) has no data files.\(view.remark)",
                advice: "Ask the department to deliver them, or correct the entry's data and control.",
                context: ["delivery": marker])
        }
    }

    func isBeyond(_ documentsAtMost: Int?) -> Bool { summary.pages == documentsAtMost }

    /// Goes on to the next document.
    mutating func passDocument(promised: Int?) {
        summary.pages += 1
        documentEnd = position
        mark.passDocument(records: harvest.parsed, promised: promised)
        page += 1
        harvest.startNextPage()
    }

    /// Goes on to the next file.
    mutating func passFile(_ file: Delivery.File) { mark.passFile(file) }

    /// The position that follows the last document: once all is read, a run is taken up there and not beyond.
    private var documentEnd: Position?

    private var position: Position {
        Position(
            page: page, record: harvest.met, token: mark.token, promised: delivery.promised, since: since,
            delivery: delivery.marker.text)
    }

    /// Hands over what there is, with the position of the next record.
    mutating func hand(over emit: SourceReading.Emit) async throws(Fault) {
        let position = file == nil ? documentEnd ?? position : position
        try await harvest.hand(over: emit, at: position, counting: &summary)
    }

    /// Says what became of the whole.
    mutating func end() {
        summary.promised = file == nil ? mark.promised : delivery.promised
        summary.state = view.memory(after: delivery).state
    }
}
