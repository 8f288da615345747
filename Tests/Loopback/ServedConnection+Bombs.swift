extension ServedConnection {
    /// An answer of JSON in 10 MB of gzip that unfold into a list of 10 GB: a thousand members of ten megabytes each
    /// (RFC 1952, section 2.2).
    public func bomb(of unit: [UInt8]) {
        let piece = Array(repeating: unit, count: 10_000_000 / unit.count).flatMap(\.self)
        let member = packed(piece, windowBits: 31)
        write(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n")
        write(packed([UInt8(ascii: "[")], windowBits: 31))
        for _ in 0..<1000 { if !write(member) { return } }
        close()
    }

    /// An answer of JSON whose one value is a gigabyte long.
    public func endlessValue() {
        write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
        write(#"[{"id":"k0","name":""#)
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<1024 { if !write(piece) { return } }
        close()
    }

    /// Headers, one after the other, as long as anybody reads them.
    public func endlessHeaders() {
        write("HTTP/1.1 200 OK\r\n")
        while write("X-More: \(String(repeating: "x", count: 1000))\r\n") {}
    }

    /// One header as long as anybody reads it.
    public func endlessHeader() {
        write("HTTP/1.1 200 OK\r\nX-More: ")
        while write(String(repeating: "x", count: 1000)) {}
    }
}
