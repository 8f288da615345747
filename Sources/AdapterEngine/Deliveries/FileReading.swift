import Foundation
import Model
import Parsing
import Transport

/// One data file: unpacked, digested and parsed as it comes.
struct FileReading {
    let reading: DeliveryReading
    let file: Delivery.File

    func read(
        _ course: inout DeliveryCourse, send: Sending, emit: SourceReading.Emit
    ) async throws(Fault) {
        var stopwatch = Stopwatch()
        let response = try await send(course.view.plan.folder.request(file.name))
        let stream = PackedStream(response.body, digest: file.digest?.algorithm)
        let packing = try await stream.packing()
        course.summary.seconds["fetch", default: 0] += stopwatch.lap()
        let place = file.name.text
        switch packing {
        case .plain:
            try await document(&course, emit: emit) { () async throws(Fault) in try await stream.next() }
        case .gzip:
            let limits = reading.archives
            var chunks = stream.inflated(place: place, limit: limits.bytes).makeAsyncIterator()
            var content = 0
            try await document(&course, isPacked: true, emit: emit) { () async throws(Fault) in
                let chunk = try await chunks.next()
                content += chunk?.count ?? 0
                guard limits.allow(content: content, of: stream.bytes) else { throw tooTight(stream.bytes) }
                return chunk
            }
        case .zip: return try await zip(stream, &course, emit: emit)
        }
        if course.isBeyond(reading.documentsAtMost) { return }
        try check(stream)
        course.passFile(file)
    }

    /// A zip is kept whole before it is opened, and so its digest is known before anything of it is read.
    private func zip(
        _ stream: PackedStream, _ course: inout DeliveryCourse, emit: SourceReading.Emit
    ) async throws(Fault) {
        var stopwatch = Stopwatch()
        let scratch = try ScratchFile(in: reading.scratch)
        while let chunk = try await stream.next() { try scratch.write(chunk) }
        scratch.rewind()
        course.summary.seconds["fetch", default: 0] += stopwatch.lap()
        try check(stream)
        let archive = try ZipArchive(
            descriptor: scratch.descriptor, packed: scratch.bytes, place: file.name.text, limits: reading.archives)
        var found = 0
        while let name = try archive.nextEntry() {
            guard course.view.plan.wants(entry: name) else { continue }
            found += 1
            if found <= course.mark.entry { continue }
            try await document(&course, isPacked: true, emit: emit) { () async throws(Fault) in try archive.read() }
            if course.isBeyond(reading.documentsAtMost) { return }
        }
        guard found > 0 else {
            let wanted = course.view.plan.entries.map(\.text).joined(separator: ", ")
            throw Fault(
                .sourceUnexpected, "\(file.name.text) holds no file that matches \(wanted).",
                advice: "Compare the parameter entries with what is in it: unzip -l.")
        }
        course.passFile(file)
    }

    /// One document: a file's content, or an entry of a zip.
    private func document(
        _ course: inout DeliveryCourse, isPacked: Bool = false,
        emit: SourceReading.Emit, next: () async throws(Fault) -> [UInt8]?
    ) async throws(Fault) {
        let parser = try course.view.plan.answer.makeParser(page: course.page, contentType: nil)
        var stopwatch = Stopwatch()
        var head: [UInt8]? = []
        var isEmpty = true
        while let chunk = try await next() {
            course.summary.seconds["fetch", default: 0] += stopwatch.lap()
            if isPacked { try checkHead(&head, chunk) }
            if !chunk.isEmpty { isEmpty = false }
            try course.harvest.feed(chunk, to: parser)
            course.summary.seconds["parse", default: 0] += stopwatch.lap()
            if course.harvest.isFull(reading.limit) { try await course.hand(over: emit) }
            stopwatch.start()
        }
        if isEmpty, file.count == 0 { return course.passDocument(promised: nil) }
        let values = try course.harvest.finish(parser)
        course.summary.seconds["parse", default: 0] += stopwatch.lap()
        let outcome: Verdict.Outcome
        do {
            outcome = try Verdict(plan: course.view.plan.answer, values: values, records: course.harvest.parsed)
                .outcome()
        } catch {
            // A file says the same each time it is read.
            throw error.fault
        }
        if course.harvest.isDue(reading.limit) { try await course.hand(over: emit) }
        course.passDocument(promised: outcome.total)
    }

    /// What was packed twice is refused: nobody meant it, and it is how small archives become endless.
    private func checkHead(_ head: inout [UInt8]?, _ chunk: [UInt8]) throws(Fault) {
        guard var bytes = head else { return }
        bytes += chunk.prefix(Packing.signBytes)
        head = bytes.count < Packing.signBytes ? bytes : nil
        if case .plain = Packing(bytes) { return }
        throw Fault(
            .sourceMalformed, "\(file.name.text) holds an archive within the archive.",
            advice: "Ask the department to pack its data once.")
    }

    private func check(_ stream: PackedStream) throws(Fault) {
        guard let expected = file.digest, let digest = stream.digest, digest != expected.hex else { return }
        throw Fault(
            .sourceAltered, "\(file.name.text) is not what its control file says: its digest is another.",
            advice: "Nothing of it was published. Ask the department to deliver it again.")
    }

    private func tooTight(_ packed: Int) -> Fault {
        Fault(
            .sourceTooLarge, "\(file.name.text) holds more than an archive of \(packed) bytes may.",
            advice: "Ask the department what it packed; nothing of it was published.")
    }
}
