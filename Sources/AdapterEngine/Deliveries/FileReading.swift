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
            try await document(&course, in: place, emit: emit) { () async throws(Fault) in try await stream.next() }
        case .gzip:
            let limits = reading.archives
            var chunks = stream.inflated(place: place, limit: limits.bytes).makeAsyncIterator()
            var content = 0
            try await document(&course, in: place, isPacked: true, emit: emit) { () async throws(Fault) in
                let chunk = try await chunks.next()
                content += chunk?.count ?? 0
                guard limits.allow(content: content, of: stream.bytes) else { throw tooTight(stream.bytes) }
                return chunk
            }
        case .zip: return try await zip(stream, &course, emit: emit)
        case .emptyZip:
            guard file.count == 0 else { throw unopened("is a zip without a file in it") }
        case .other(let name): throw unopened("is \(name)")
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
        var passed: [String] = []
        while let name = try archive.nextEntry() {
            guard course.view.plan.wants(entry: name) else {
                passed.append(name)
                continue
            }
            found += 1
            if found <= course.mark.entry { continue }
            let place = "\(Verdict.plain(name, 120)) in \(file.name.text)"
            try await document(&course, in: place, isPacked: true, emit: emit) { () async throws(Fault) in
                try archive.read()
            }
            if course.isBeyond(reading.documentsAtMost) { return }
        }
        guard found > 0 else { throw nothingWanted(course.view.plan, among: passed) }
        course.passFile(file)
    }

    private func nothingWanted(_ plan: DeliveryPlan, among names: [String]) -> Fault {
        if names.contains("xl/workbook.xml") { return unopened("is an Excel workbook") }
        let wanted = plan.entries.map(\.text).joined(separator: ", ")
        let known = names.prefix(5).map { Verdict.plain($0, 60) }.joined(separator: ", ")
        return Fault(
            .sourceUnexpected,
            "\(file.name.text) holds no file that matches \(wanted)" + (known.isEmpty ? "" : "; it holds \(known)"),
            advice: "Compare the parameter entries with what is in it.")
    }

    /// One document: a file's content, or an entry of a zip.
    ///
    /// - Parameter place: what it is, for people.
    private func document(
        _ course: inout DeliveryCourse, in place: String, isPacked: Bool = false,
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
            try inWords(of: place) { () throws(Fault) in try course.harvest.feed(chunk, to: parser) }
            course.summary.seconds["parse", default: 0] += stopwatch.lap()
            if course.harvest.isFull(reading.limit) { try await course.hand(over: emit) }
            stopwatch.start()
        }
        if isEmpty, file.count == 0 { return course.passDocument(promised: nil) }
        let values = try inWords(of: place) { () throws(Fault) in try course.harvest.finish(parser) }
        course.summary.seconds["parse", default: 0] += stopwatch.lap()
        let outcome: Verdict.Outcome
        do {
            outcome = try Verdict(plan: course.view.plan.answer, values: values, records: course.harvest.parsed)
                .outcome()
        } catch {
            // A file says the same each time it is read.
            throw Self.worded(error.fault, place)
        }
        if course.harvest.isDue(reading.limit) { try await course.hand(over: emit) }
        course.passDocument(promised: outcome.total)
    }

    /// What was packed twice is refused: nobody meant it, and it is how small archives become endless.
    private func checkHead(_ head: inout [UInt8]?, _ chunk: [UInt8]) throws(Fault) {
        guard var bytes = head else { return }
        bytes += chunk.prefix(Packing.tarBytes)
        head = bytes.count < Packing.tarBytes ? bytes : nil
        switch Packing(bytes) {
        case .plain: return
        case .other(let name): throw unopened("holds something that is \(name)")
        case .gzip, .zip, .emptyZip:
            throw Fault(
                .sourceMalformed, "\(file.name.text) holds an archive within the archive.",
                advice: "Ask the department to pack its data once.")
        }
    }

    private func unopened(_ what: String) -> Fault {
        Fault(
            .sourceMalformed, "\(file.name.text) \(what).",
            advice: "Ask the department for XML, JSON or CSV, as it is or packed with zip or gzip.")
    }

    // MARK: - Words

    private func inWords<Value>(of place: String, _ read: () throws(Fault) -> Value) throws(Fault) -> Value {
        do {
            return try read()
        } catch {
            throw Self.worded(error, place)
        }
    }

    /// A parser speaks of a body and of connections; what is wrong is a file.
    private static func worded(_ fault: Fault, _ place: String) -> Fault {
        let speaksOfBody = fault.message.hasPrefix("the body ")
        let advice =
            switch fault.code {
            case .sourceTruncated:
                (fault.message.contains("within quotes") ? "A quote is missing, or the file" : "The file")
                    + " is not whole: the marker belongs last into the folder. Ask the department to deliver it again."
            case .sourceUnexpected where fault.advice?.hasPrefix("Open the address") == true:
                "Look into the file; ask the department what it delivered."
            default: fault.advice
            }
        return Fault(
            fault.code, speaksOfBody ? place + fault.message.dropFirst(8) : "\(place): \(fault.message)",
            advice: advice, context: fault.context)
    }

    private func check(_ stream: PackedStream) throws(Fault) {
        if let size = file.size, size != stream.bytes {
            throw Fault(
                .sourceAltered, "\(file.name.text) has \(stream.bytes) bytes, and its control file says \(size).",
                advice: "Nothing of it was published. Ask the department to deliver it again.")
        }
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
