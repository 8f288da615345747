import AdapterEngine
import Catalog
import Exchange
import Foundation
import Model
import SQLiteStore
import Store

/// One thing that was looked at.
struct CheckupFinding: Sendable, Encodable {
    enum State: String, Sendable, Encodable {
        case well, warning, problem
    }

    let what: String
    let state: State
    let message: String
    /// The command or step that mends it.
    var mend: String?
}

/// A look at everything an exchange needs.
struct Checkup {
    let options: SettingsOptions

    /// Looks at the machine, and at the exchange where the settings can be read.
    func findings() async -> [CheckupFinding] {
        let machine = [Machine.timeZones(), Machine.charsets(), Machine.projections(), Machine.authorities()]
        do throws(Fault) {
            let settings = try await options.settings(isRequired: false)
            return machine + [file(settings)] + (await exchange(settings))
        } catch {
            return machine + [CheckupFinding("settings", error)]
        }
    }

    private func file(_ settings: Settings) -> CheckupFinding {
        settings.file.map { CheckupFinding("settings", "\($0) can be read") }
            ?? CheckupFinding(
                what: "settings", state: .warning, message: "there is no \(options.config) here",
                mend: "huitong init DIR, or --config FILE")
    }

    private func exchange(_ settings: Settings) async -> [CheckupFinding] {
        let catalogue = CurrentCatalogue(catalog: settings.catalog, adapters: settings.adapters)
        return [
            adapters(settings, catalogue), mistakes(catalogue), Machine.space(settings.data), await data(settings),
            port(settings),
        ] + secrets(settings, catalogue)
    }

    private func adapters(_ settings: Settings, _ catalogue: CurrentCatalogue) -> CheckupFinding {
        let names = catalogue.current.manifests.keys.sorted()
        guard names.isEmpty else { return CheckupFinding("adapters", names.joined(separator: ", ")) }
        return CheckupFinding(
            what: "adapters", state: .problem, message: "there is none in \(Adapters.places(settings))",
            mend: "set adapters: to the folder Adapters of huitong's source")
    }

    private func mistakes(_ catalogue: CurrentCatalogue) -> CheckupFinding {
        let found = catalogue.diagnostics
        guard let first = found.first else {
            return CheckupFinding("catalogue", "\(catalogue.current.entries.count) entries, no mistakes")
        }
        return CheckupFinding(
            what: "catalogue", state: .problem, message: "\(found.count) mistakes, the first: \(first)",
            mend: "huitong check")
    }

    private func secrets(_ settings: Settings, _ catalogue: CurrentCatalogue) -> [CheckupFinding] {
        let known = settings.secretStore
        return catalogue.current.departments.flatMap(\.systems).compactMap { system in
            guard let name = system.credential.secretName else { return nil }
            do throws(Fault) {
                _ = try known.value(name)
                return nil
            } catch  where error.code == .exposedSecret {
                return CheckupFinding(
                    what: "secrets", state: .problem, message: error.message, mend: error.advice ?? "chmod 600")
            } catch {}
            return CheckupFinding(
                what: "secrets", state: .problem, message: "the system \(system.name) needs the secret \(name)",
                mend:
                    "put it into \(settings.secrets?.appending(path: name).path ?? "a file, and set secrets: to its folder")"
            )
        }
    }

    private func data(_ settings: Settings) async -> CheckupFinding {
        let directory = DataDirectory(path: settings.data)
        guard FileManager.default.fileExists(atPath: directory.path) else {
            return CheckupFinding("data", "\(directory.path) is not there yet, and is made when it is needed")
        }
        do throws(Fault) {
            try directory.create()
            let store = try SQLiteStore(path: directory.database)
            let fault = await store.health()
            try? await store.close()
            if let fault { throw fault }
        } catch {
            return CheckupFinding("data", error)
        }
        let holder = DirectoryLock.isHeld(directory) ? DirectoryLock.holder(of: directory) : nil
        return CheckupFinding("data", directory.path + (holder.map { ", in use by process \($0)" } ?? ""))
    }

    private func port(_ settings: Settings) -> CheckupFinding {
        let isOurs = DirectoryLock.isHeld(DataDirectory(path: settings.data))
        guard !isOurs else { return CheckupFinding("port", "\(settings.port), with the daemon that runs") }
        guard Machine.isTaken(settings.host, settings.port) else {
            return CheckupFinding("port", "\(settings.host):\(settings.port) is free")
        }
        return CheckupFinding(
            what: "port", state: .problem, message: "\(settings.host):\(settings.port) is in use by another process",
            mend: "see it with ss -ltnp, or choose another: http.port in the settings, --port of serve")
    }
}

extension CheckupFinding {
    /// What is well.
    init(_ what: String, _ message: String) { self.init(what: what, state: .well, message: message) }

    /// What a fault keeps from working.
    init(_ what: String, _ fault: Fault) {
        self.init(what: what, state: .problem, message: fault.message, mend: fault.advice)
    }
}
