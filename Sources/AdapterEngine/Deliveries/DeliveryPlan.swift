import Foundation
import Model
import Parsing
import Transport

/// Which folder deliveries arrive in, how they are told apart, and how their data files are read.
struct DeliveryPlan: Sendable {
    let answer: AnswerPlan
    let folder: FolderPlan
    let ready: NamePattern
    let control: ControlFile
    /// Which digest control files give, where they do not say so themselves.
    let digest: ExpectedDigest.Algorithm?
    /// Entries of a zip that hold records.
    let entries: [NamePattern]
    /// Whether deliveries build on each other: then each is read in its turn. Of a snapshot's, the newest is everything.
    let isDelta: Bool
    /// Whether everything is wanted: a delta's deliveries are read from the oldest one again.
    let beginsAnew: Bool
    /// Deliveries that were read.
    let memory: DeliveryMemory

    init(_ order: PlanOrder, _ delivery: Manifest.Delivery) throws(Fault) {
        let values = try order.values()
        answer = try AnswerPlan(order, values)
        folder = try FolderPlan(order, path: values.text(delivery.folder) ?? "")
        ready = NamePattern(text: values.text(delivery.ready) ?? "*.ok")
        digest = try values.choice(delivery.algorithm, of: "digest")
        control = try Self.control(delivery, values)
        let patterns = values.list(delivery.entries)
        entries = (patterns.isEmpty ? ["*"] : patterns).map { NamePattern(text: $0) }
        if case .delta = order.entry.delivery { isDelta = true } else { isDelta = false }
        beginsAnew = isDelta && order.isSnapshot
        memory = DeliveryMemory(state: order.watermark?.state)
    }

    private static func control(
        _ delivery: Manifest.Delivery, _ values: TemplateValues
    ) throws(Fault) -> ControlFile {
        let kind: Manifest.Delivery.Control = try values.choice(delivery.control, of: "control file") ?? .stem
        switch kind {
        case .stem: return .stem(NamePattern(text: delivery.data.flatMap { values.text($0) } ?? "{stem}.*"))
        case .list: return .list(try ControlList(columns: values.list(delivery.columns)))
        case .json, .xml:
            guard let files = delivery.files.flatMap({ values.text($0) }),
                let name = delivery.name.flatMap({ values.text($0) })
            else {
                throw SourcePlan.misfit(
                    "a control file that is a document needs paths", advice: "Give control_files and control_name.")
            }
            return .document(
                try ControlDocument(
                    format: kind == .json ? .json : .xml, files: files, name: name,
                    count: delivery.count.flatMap { values.text($0) },
                    size: delivery.size.flatMap { values.text($0) },
                    digest: delivery.digest.flatMap { values.text($0) }))
        }
    }

    /// Whether an entry of a zip is one of those that hold records; its name's last part counts.
    func wants(entry name: String) -> Bool {
        let last = name.split(separator: "/").last.map(String.init) ?? ""
        return entries.contains { $0.matches(last) }
    }
}

/// Where a folder is, and how its server is asked.
struct FolderPlan: Sendable {
    /// The folder's address, with a slash at its end.
    let url: String
    private let login: Login?
    private let tls: TLSIdentity?
    private let pace: Pace

    /// Whether the folder is on another machine, so that a transfer may break off.
    var isRemote: Bool { !url.hasPrefix("file:") }

    /// - Throws: `catalogue.adapter-invalid` for a path that leads out of the base, and for a base of another kind.
    init(_ order: PlanOrder, path: String) throws(Fault) {
        let system = order.system
        let parts = path.split(separator: "/").map(String.init)
        guard !parts.contains("..") else {
            throw SourcePlan.misfit("the folder '\(path)' leads out of the system's base", advice: "Correct folder.")
        }
        guard let scheme = system.base.split(separator: ":").first, ["file", "sftp", "ftp", "ftps"].contains(scheme)
        else {
            throw SourcePlan.misfit(
                "the system '\(system.name)' is not one of files",
                advice: "Its base has to begin with file:, sftp:, ftps: or ftp:.")
        }
        url = parts.reduce(system.base + "/") { $0 + Escaping.query($1) + "/" }
        var tls: TLSIdentity?
        login = try Self.login(system, order.secrets, tls: &tls)
        self.tls = tls
        pace = Pace(system: system.name, requestsPerSecond: system.rate, concurrency: system.concurrency)
    }

    private static func login(
        _ system: SourceSystem, _ secrets: Secrets, tls: inout TLSIdentity?
    ) throws(Fault) -> Login? {
        var login = Login()
        switch system.hostKey {
        case .fingerprint(let text)?: login.hostKey = .fingerprint(text)
        case .knownHosts(let path)?: login.hostKey = .file(path)
        case nil: break
        }
        switch system.credential {
        case .none: break
        case .basic(let user, let secret):
            login.user = user
            login.secret = try secrets.value(secret)
        case .privateKey(let user, let key, let secret):
            try SecretFile.requirePrivate(key, of: "the key of the system '\(system.name)'")
            login.user = user
            login.privateKey = key
            if let secret { login.secret = try secrets.value(secret) }
        case .certificate(let certificate, let key, let authority):
            try SecretFile.requirePrivate(key, of: "the key of the system '\(system.name)'")
            tls = TLSIdentity(authority: authority, certificate: certificate, key: key)
        default:
            throw SourcePlan.misfit(
                "the credential of the system '\(system.name)' is none that a server of files knows",
                advice: "Use basic (user and password) or private-key.")
        }
        return login
    }

    /// The request for the names in the folder.
    var listing: Request {
        var request = request("LIST", url)
        request.limits.bodyBytes = 4 << 20
        return request
    }

    /// The request for a file, or with `HEAD` for what is known of it.
    func request(_ name: FileName, method: String = "GET") -> Request {
        request(method, url + Escaping.query(name.text))
    }

    private func request(_ method: String, _ url: String) -> Request {
        Request(method: method, url: url, tls: tls, login: login, pace: pace, isIdempotent: true)
    }
}
