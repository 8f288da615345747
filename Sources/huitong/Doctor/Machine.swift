import Foundation

/// What the machine itself has to have.
enum Machine {
    /// Schedules and dates are China's.
    static func timeZones() -> CheckupFinding {
        guard TimeZone(identifier: "Asia/Shanghai") != nil else {
            return CheckupFinding(
                what: "time zones", state: .problem, message: "Asia/Shanghai is not known",
                mend: "apt-get install tzdata")
        }
        return CheckupFinding("time zones", "Asia/Shanghai is known")
    }

    /// Departments send GBK, which iconv reads as GB 18030.
    static func charsets() -> CheckupFinding {
        let descriptor = iconv_open("UTF-8", "GB18030")
        guard descriptor != iconv_t(bitPattern: -1) else {
            return CheckupFinding(
                what: "charsets", state: .problem, message: "GB18030 cannot be converted",
                mend: "apt-get install libc-bin")
        }
        iconv_close(descriptor)
        return CheckupFinding("charsets", "GB18030 can be converted")
    }

    /// Coordinates are converted with PROJ, which needs its database.
    static func projections() -> CheckupFinding {
        let environment = ProcessInfo.processInfo.environment
        let folders =
            [environment["PROJ_DATA"], environment["PROJ_LIB"]].compactMap { $0 } + [
                "/usr/share/proj", "/usr/local/share/proj",
            ]
        guard let found = folders.first(where: { FileManager.default.fileExists(atPath: $0 + "/proj.db") }) else {
            return CheckupFinding(
                what: "projections", state: .problem, message: "PROJ's database proj.db is not there",
                mend: "apt-get install proj-data")
        }
        return CheckupFinding("projections", "\(found)/proj.db")
    }

    /// Sources over TLS are trusted by the machine's authorities.
    static func authorities() -> CheckupFinding {
        let files = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"]
        guard let found = files.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            return CheckupFinding(
                what: "authorities", state: .warning, message: "no certificates of authorities, so no https source",
                mend: "apt-get install ca-certificates")
        }
        return CheckupFinding("authorities", found)
    }

    /// Room for a publication: less than 1 GiB is little, less than 100 MiB too little.
    static func space(_ path: String) -> CheckupFinding {
        var folder = URL(filePath: path)
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" {
            folder = folder.deletingLastPathComponent()
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.path)
        guard let free = attributes?[.systemFreeSize] as? NSNumber else {
            return CheckupFinding(
                what: "disk", state: .warning, message: "the free space of \(folder.path) is not known")
        }
        let mebibytes = free.int64Value >> 20
        let message = "\(mebibytes) MiB free for \(path)"
        guard mebibytes < 1024 else { return CheckupFinding("disk", message) }
        return CheckupFinding(
            what: "disk", state: mebibytes < 100 ? .problem : .warning, message: message,
            mend: "make room (df -h \(folder.path)), or set data: to another disk")
    }

    /// Whether somebody listens on a port already.
    static func isTaken(_ host: String, _ port: Int) -> Bool {
        guard port > 0, port <= 65_535 else { return false }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        guard inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &address.sin_addr) == 1 else { return false }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return result != 0 && errno == EADDRINUSE
    }
}
