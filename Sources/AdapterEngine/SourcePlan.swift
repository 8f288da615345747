import Model
import Parsing

/// What to ask a source and how to read what it answers: an entry, its system, the adapter's manifest and the secrets, put
/// together. Nothing is asked yet.
public struct SourcePlan: Sendable {
    public let entry: String
    let way: Way

    /// How records come, by what the manifest says.
    enum Way: Sendable {
        /// Requests over HTTP, page by page.
        case pages(PagePlan)
        /// Messages of a program that is run.
        case program(ProgramPlan)
        /// Files that arrive in a folder, delivery by delivery.
        case deliveries(DeliveryPlan)
    }

    /// Puts together what a run asks.
    ///
    /// - Parameters:
    ///   - watermark: how far the source is known; nil for the first run.
    ///   - version: the registered version of the entry that runs. Validators received under another version are not sent,
    ///     since the answer would be read differently.
    ///   - snapshot: whether everything is wanted, even from a source that can say what changed.
    /// - Throws: `catalogue.adapter-invalid` where the entry's parameters do not fit the manifest,
    ///   `settings.credential-missing` where a secret is not there.
    public init(
        entry: Entry, system: SourceSystem, manifest: Manifest, secrets: Secrets, watermark: Watermark?,
        version: Int? = nil, snapshot: Bool
    ) throws(Fault) {
        let order = PlanOrder(
            entry: entry, system: system, manifest: manifest, secrets: secrets, watermark: watermark,
            version: version, isSnapshot: snapshot)
        self.entry = entry.name
        do {
            if let delivery = manifest.delivery {
                way = .deliveries(try DeliveryPlan(order, delivery))
            } else if let program = manifest.program {
                way = .program(try ProgramPlan(order, program))
            } else {
                way = .pages(try PagePlan(order))
            }
        } catch {
            throw error.at(["entry": entry.name, "adapter": manifest.name])
        }
    }

    static func misfit(_ message: String, advice: String) -> Fault {
        Fault(.badAdapter, message, advice: advice)
    }
}

/// Everything that a plan is made of.
struct PlanOrder {
    let entry: Entry
    let system: SourceSystem
    let manifest: Manifest
    let secrets: Secrets
    let watermark: Watermark?
    let version: Int?
    let isSnapshot: Bool

    /// The entry's parameters, with the manifest's standards for those it leaves out.
    ///
    /// - Throws: `catalogue.adapter-invalid` for one that is missing or unknown.
    func values() throws(Fault) -> TemplateValues {
        var values: [String: ParameterValue] = [:]
        for parameter in manifest.parameters {
            values[parameter.name] = entry.source.parameters[parameter.name] ?? parameter.standard
            guard values[parameter.name] != nil || !parameter.isRequired else {
                throw SourcePlan.misfit("parameter '\(parameter.name)' is missing", advice: parameter.about)
            }
        }
        for name in entry.source.parameters.keys.sorted()
        where !manifest.parameters.contains(where: { $0.name == name }) {
            throw SourcePlan.misfit(
                "adapter '\(manifest.name)' has no parameter '\(name)'",
                advice: "See `huitong adapter show \(manifest.name)`.")
        }
        var all = TemplateValues(
            parameters: values, fragments: Set(manifest.parameters.filter { $0.type == .fragment }.map(\.name)))
        all.add(manifest.variants)
        return all
    }
}

extension TemplateValues {
    /// The text as one of a manifest's choices; nil where it has no value.
    ///
    /// - Throws: `catalogue.adapter-invalid` for a text that is none of them.
    func choice<Choice: RawRepresentable & CaseIterable>(
        _ template: String?, of what: String
    ) throws(Fault) -> Choice? where Choice.RawValue == String {
        guard let text = template.flatMap({ self.text($0) }) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw SourcePlan.misfit("there is no \(what) '\(text)'", advice: "Choose one of \(known).")
        }
        return choice
    }

    /// Whether the text says `true`.
    func flag(_ template: String?) -> Bool { template.flatMap { text($0) } == "true" }
}
