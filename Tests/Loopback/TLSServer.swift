import Foundation

/// `openssl s_server` with certificates made for the test.
public final class TLSServer {
    /// What is the matter with the certificate that the server shows.
    public enum Flaw: Sendable {
        case none, expired, selfSigned, forAnotherName
    }

    public static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl")

    public let port: Int
    private let folder: TemporaryFolder
    private let process: Process

    /// - Parameter wantsCertificate: whether who asks has to show a certificate of the server's authority, too.
    public init(_ flaw: Flaw = .none, wantsCertificate: Bool = false) throws {
        folder = try TemporaryFolder()
        let maker = CertificateMaker(folder)
        try maker.makeAuthorities()
        let name = flaw == .forAnotherName ? "department.example" : "localhost"
        switch flaw {
        case .none, .forAnotherName: try maker.makeCertificate("server", for: name)
        case .expired: try maker.makeExpiredCertificate("server", for: name)
        case .selfSigned: try maker.makeSelfSignedCertificate("server", for: name)
        }
        try maker.makeCertificate("client", for: "exchange")
        let path = folder.path
        let extra = wantsCertificate ? " -Verify 1 -verify_return_error -CAfile \(path)/ca.pem" : ""
        let output = Pipe()
        process = try openssl(
            "s_server -accept 127.0.0.1:0 -www -cert \(path)/server.pem -key \(path)/server.key" + extra, output)
        port = try Self.port(from: output)
    }

    deinit { process.terminate() }

    public func file(_ name: String) -> String { folder.path + "/" + name }

    private static func port(from output: Pipe) throws -> Int {
        var said = ""
        while !said.contains("ACCEPT") || !said.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            if data.isEmpty { throw CocoaError(.fileReadUnknown) }
            said += String(decoding: data, as: UTF8.self)
        }
        let digits = said.components(separatedBy: "ACCEPT 127.0.0.1:").last?.prefix { $0.isNumber } ?? ""
        guard let port = Int(digits) else { throw CocoaError(.fileReadCorruptFile) }
        return port
    }
}

/// Makes authorities and certificates, as PEM files of a folder.
struct CertificateMaker {
    private let folder: TemporaryFolder
    private static let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"

    init(_ folder: TemporaryFolder) { self.folder = folder }

    /// The authority of the server, `ca.pem`, and one that has nothing to do with it, `other.pem`.
    func makeAuthorities() throws {
        for name in ["ca", "other"] {
            try run("req -x509 \(Self.key) -days 2 -subj /CN=\(name)-authority" + files(name))
        }
    }

    func makeCertificate(_ name: String, for host: String) throws {
        try run(
            "req -x509 \(Self.key) -days 2 -subj /CN=\(host) -addext basicConstraints=CA:FALSE "
                + "-addext subjectAltName=DNS:\(host) -CA \(folder.path)/ca.pem -CAkey \(folder.path)/ca.key"
                + files(name))
    }

    func makeSelfSignedCertificate(_ name: String, for host: String) throws {
        try run("req -x509 \(Self.key) -days 2 -subj /CN=\(host) -addext subjectAltName=DNS:\(host)" + files(name))
    }

    /// Only `openssl ca` writes the dates that it is told.
    func makeExpiredCertificate(_ name: String, for host: String) throws {
        let path = folder.path
        _ = try folder.write("index.txt", "")
        let settings = try folder.write(
            "ca.cnf",
            """
            [ca]
            default_ca = authority
            [authority]
            new_certs_dir = \(path)
            database = \(path)/index.txt
            rand_serial = yes
            default_md = sha256
            policy = policy
            x509_extensions = extensions
            [policy]
            commonName = supplied
            [extensions]
            basicConstraints = CA:FALSE
            subjectAltName = DNS:\(host)
            """)
        try run("req \(Self.key) -subj /CN=\(host) -keyout \(path)/\(name).key -out \(path)/\(name).csr")
        try run(
            "ca -batch -notext -config \(settings) -cert \(path)/ca.pem -keyfile \(path)/ca.key "
                + "-in \(path)/\(name).csr -out \(path)/\(name).pem "
                + "-startdate 20200101000000Z -enddate 20200201000000Z")
    }

    private func files(_ name: String) -> String {
        " -keyout \(folder.path)/\(name).key -out \(folder.path)/\(name).pem"
    }

    private func run(_ words: String) throws {
        let process = try openssl(words, Pipe())
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
    }
}

private func openssl(_ words: String, _ output: Pipe) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = words.split(separator: " ").map(String.init)
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = Pipe()
    try process.run()
    return process
}
