import Foundation
import Model
import Parsing
import Transport

/// Reads one delivery of a folder: the loop for everything that arrives as files.
struct DeliveryReading: Sendable {
    let limit: BatchLimit
    /// Documents to read at most, for a preview; nil for all.
    let documentsAtMost: Int?
    /// Where a zip is kept while it is read.
    let scratch: URL
    var archives = ArchiveLimits()

    /// Times that a transfer which broke off is begun again.
    static let retries = 3

    func read(
        _ plan: DeliveryPlan, from position: Position, send: Sending,
        emit: SourceReading.Emit
    ) async throws(Fault) -> ReadingSummary {
        do {
            let view = try await FolderView(plan, send: send)
            guard let (delivery, isLast) = try await choose(view, from: position, send: send) else {
                return try unchanged(view)
            }
            var course = try DeliveryCourse(view, delivery, from: position)
            course.summary.moreWait = !isLast
            try await read(&course, send: send, emit: emit)
            return course.summary
        } catch {
            throw error.at(["folder": plan.folder.url])
        }
    }

    /// The delivery to read, and whether no other waits: the one that an interrupted run was at, else the next.
    private func choose(
        _ view: FolderView, from position: Position, send: Sending
    ) async throws(Fault) -> (Delivery, isLast: Bool)? {
        let mark = try DeliveryMark(position)
        // A preview shows what is read next, though it is planned as if everything were wanted.
        let anew = view.plan.beginsAnew && documentsAtMost == nil
        if let mark {
            guard let marker = view.markers.first(where: { $0.text == mark.delivery }) else {
                throw Self.altered(mark.delivery, "since the run began: it is not there any more")
            }
            let found = try await view.delivery(marker, send: send)
            guard found.digest == mark.digest else { throw Self.altered(mark.delivery, "since the run began") }
            return (found, await view.isLast(found, anew: anew, send: send))
        }
        if let next = try await view.next(anew: anew, send: send) {
            return (next, await view.isLast(next, anew: anew, send: send))
        }
        // A preview shows what there is, though it was read.
        guard documentsAtMost != nil, let newest = view.markers.last else { return nil }
        return (try await view.delivery(newest, send: send), true)
    }

    private func unchanged(_ view: FolderView) throws(Fault) -> ReadingSummary {
        guard !view.plan.memory.isEmpty || !view.markers.isEmpty else {
            throw Fault(
                .sourceNotFound,
                "Nothing was delivered yet: no file of the folder matches '\(view.plan.ready.text)'.\(view.remark)",
                advice: "Wait for the department's first delivery, or correct folder and ready.")
        }
        var summary = ReadingSummary()
        summary.notModified = true
        summary.state = view.memory(after: nil).state
        return summary
    }

    private func read(
        _ course: inout DeliveryCourse, send: Sending, emit: SourceReading.Emit
    ) async throws(Fault) {
        try course.checkFiles()
        while let file = course.file, course.summary.pages != documentsAtMost {
            do {
                try await readAgain(&course, file, send: send, emit: emit)
            } catch {
                throw error.at([
                    "delivery": course.delivery.marker.text, "file": file.name.text, "page": String(course.page),
                ])
            }
        }
        if course.file == nil {
            // A file that was written to while it was read may have been read half old, half new.
            let now = try await course.view.delivery(course.delivery.marker, send: send)
            guard now == course.delivery else { throw Self.altered(now.marker.text, "while it was read") }
        }
        try await course.hand(over: emit)
        course.end()
    }

    /// One file, begun again where its transfer broke off.
    private func readAgain(
        _ course: inout DeliveryCourse, _ file: Delivery.File, send: Sending,
        emit: SourceReading.Emit
    ) async throws(Fault) {
        var attempt = 0
        while true {
            do {
                return try await FileReading(reading: self, file: file).read(&course, send: send, emit: emit)
            } catch {
                let isBroken = error.code == .sourceTruncated && course.view.plan.folder.isRemote
                guard isBroken, attempt < Self.retries else { throw error }
                attempt += 1
                course.harvest.startPageAgain()
            }
        }
    }

    static func altered(_ name: String, _ when: String) -> Fault {
        Fault(
            .sourceAltered, "\(name) changed \(when).",
            advice:
                "Nothing of it was published. The next run reads it as it is then; a marker belongs last into the folder."
        )
    }
}
