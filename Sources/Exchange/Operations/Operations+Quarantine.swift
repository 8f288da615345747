import Model
import Normalizing
import Store

extension Operations {
    public func replay(_ records: ControlQuarantine) async throws(Fault) -> ControlDone {
        var done = ControlDone(count: 0, left: 0)
        for (entry, open) in try await open(records).sorted(by: { $0.key < $1.key }) {
            let registration = try await facilities.registration(of: entry)
            let normalizer = try await facilities.normalizer(of: registration.entry)
            var batch = RecordBatch(columns: registration.entry.fields.count)
            let passed = try replay(open, normalizer, into: &batch)
            if !passed.isEmpty {
                try await store.release(batch, of: entry, quarantined: passed, who: records.who)
            }
            done.count += passed.count
            done.left += open.count - passed.count
        }
        return done
    }

    /// Normalises one record at a time, so that it is known which of them pass.
    private func replay(
        _ open: [QuarantinedRecord], _ normalizer: Normalizer, into batch: inout RecordBatch
    ) throws(Fault) -> [Int64] {
        var normalizer = normalizer
        var passed: [Int64] = []
        for record in open {
            let refusals = batch.refusals.count
            let raw = try normalizer.replay(raw: record.refusal.raw, at: record.refusal.locator)
            normalizer.normalize(raw, into: &batch)
            if batch.refusals.count == refusals { passed.append(record.number) } else { batch.refusals.removeLast() }
        }
        return passed
    }

    public func dismiss(_ records: ControlQuarantine) async throws(Fault) -> ControlDone {
        let numbers = try await open(records).values.joined().map(\.number)
        if !numbers.isEmpty {
            try await store.dismiss(quarantined: numbers, who: records.who, reason: records.reason)
        }
        return ControlDone(count: numbers.count)
    }

    /// The open records that are meant, by entry.
    private func open(_ wanted: ControlQuarantine) async throws(Fault) -> [String: [QuarantinedRecord]] {
        var found: [QuarantinedRecord] = []
        if wanted.numbers.isEmpty {
            guard let entry = wanted.entry else {
                throw Fault(
                    .badRequest, "neither numbers nor an entry were given",
                    advice: "Name records by number, or all open ones of an entry with --entry.")
            }
            var query = QuarantineQuery(entries: [entry])
            while true {
                let page = try await store.quarantined(query)
                found += page
                guard page.count == query.limit, let last = page.last else { break }
                query.after = last.number
            }
        }
        for number in wanted.numbers {
            guard let record = try await store.quarantined(number: number), record.state == .open else {
                throw Fault(
                    .notFound, "no open record of the quarantine has the number \(number)",
                    advice: "See which there are: huitong quarantine list", context: ["record": String(number)])
            }
            found.append(record)
        }
        return Dictionary(grouping: found, by: \.entry)
    }
}
