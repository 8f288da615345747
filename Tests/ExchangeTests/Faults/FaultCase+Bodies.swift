import Loopback
import Model
import Transport

/// Bodies that break off, pretend, or grow.
extension FaultCase {
    private static let whole = FaultyDepartment.list(FaultyDepartment.rows(1))

    static let bodies: [FaultCase] = [
        FaultCase(
            name: "resets the connection in the middle of its answer",
            answer: { _, connection, _ in
                connection.begin(length: 4000)
                connection.reset(after: 0.1)
            }, code: .sourceTruncated, requests: 4, says: "GET HOST/things broke its answer off: …"),
        FaultCase(
            name: "ends before its Content-Length",
            answer: { _, connection, _ in
                connection.begin(length: 4000)
                connection.close()
            }, code: .sourceTruncated, requests: 4, says: "GET HOST/things broke its answer off: …"),
        FaultCase(
            name: "ends early without a Content-Length",
            answer: { _, connection, _ in
                connection.write("HTTP/1.1 200 OK\r\n\(FaultyDepartment.json)\r\nConnection: close\r\n\r\n")
                connection.write(String(whole.dropLast(20)))
                connection.close()
            }, code: .sourceTruncated, requests: 4, says: "the body ends within a document"),
        FaultCase(
            name: "ends before its last chunk",
            answer: { _, connection, _ in
                connection.write("HTTP/1.1 200 OK\r\n\(FaultyDepartment.json)\r\nTransfer-Encoding: chunked\r\n\r\n")
                connection.write(String(whole.utf8.count, radix: 16) + "\r\n" + whole + "\r\n")
                connection.close()
            }, code: .sourceTruncated, requests: 4, says: "GET HOST/things broke its answer off: …"),
        FaultCase(
            name: "ends after its headers",
            answer: { _, connection, _ in
                connection.write("HTTP/1.1 200 OK\r\n\(FaultyDepartment.json)\r\nContent-Length: 4000\r\n\r\n")
                connection.close()
            }, code: .sourceTruncated, requests: 5, waits: [0.5, 1, 2, 4],
            says: "GET HOST/things broke its answer off: …"),
        FaultCase(
            name: "says that it is compressed, and is not",
            answer: { _, connection, _ in
                connection.answer(headers: [FaultyDepartment.json, "Content-Encoding: gzip"], text: whole)
            }, code: .sourceMalformed,
            says: "GET HOST/things says that its answer is compressed, but it cannot be decompressed."),
        FaultCase(
            name: "ends its compressed answer early, with the right Content-Length",
            answer: { _, connection, _ in
                let body = packed(Array(whole.utf8), windowBits: 31)
                connection.answer(
                    headers: [FaultyDepartment.json, "Content-Encoding: gzip"], body: Array(body.dropLast(9)))
            }, code: .sourceTruncated, requests: 4, says: "The compressed answer of GET HOST/things ends too early."),
        FaultCase(
            name: "compresses in a way that was not asked for",
            answer: { _, connection, _ in
                connection.answer(headers: [FaultyDepartment.json, "Content-Encoding: br"], text: whole)
            }, code: .sourceUnexpected,
            says: "GET HOST/things answers in the content coding 'br', which is not read."),
        FaultCase(
            name: "unfolds 10 MB into 10 GB of blanks",
            answer: { _, connection, _ in connection.bomb(of: [UInt8(ascii: " ")]) }, code: .sourceTooLarge,
            says: "a value is longer than 16777216 bytes"),
        FaultCase(
            name: "unfolds 10 MB into 10 GB of records", limits: { $0.bodyBytes = 8 << 20 },
            answer: { _, connection, _ in
                connection.bomb(
                    of: Array((#"{"id":"k0","name":""# + String(repeating: "n", count: 1000) + #""},"#).utf8))
            },
            code: .sourceTooLarge,
            says: "The answer of GET HOST/things is larger than 8388608 bytes when decompressed."),
        FaultCase(
            name: "announces more than may come", limits: { $0.bodyBytes = 1 << 20 },
            answer: { _, connection, _ in connection.begin(length: 1 << 40) }, code: .sourceTooLarge,
            says: "The body of the answer of GET HOST/things is larger than 1048576 bytes."),
        FaultCase(
            name: "sends a value of 1 GB",
            answer: { _, connection, _ in connection.endlessValue() }, code: .sourceTooLarge,
            says: "a value is longer than 16777216 bytes"),
        FaultCase(
            name: "sends headers without end",
            answer: { _, connection, _ in connection.endlessHeaders() }, code: .sourceTooLarge,
            says: "The headers of the answer of GET HOST/things are larger than 65536 bytes."),
        FaultCase(
            name: "sends one header without end",
            answer: { _, connection, _ in connection.endlessHeader() }, code: .sourceTooLarge,
            says: "The headers of the answer of GET HOST/things are larger than 65536 bytes."),
        FaultCase(
            name: "sends interim answers without end",
            answer: { _, connection, _ in while connection.write("HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n") {} },
            code: .sourceTooLarge, says: "The headers of the answer of GET HOST/things are larger than 65536 bytes."),
    ]

    /// What is well sent, and is not what it should be.
    static let contents: [FaultCase] = [
        FaultCase(
            name: "answers 200 with a page to log in",
            answer: { _, connection, _ in
                connection.answer(
                    headers: ["Content-Type: text/html"],
                    text: "<!DOCTYPE html><html><body><form action=/login></form></body></html>")
            }, code: .sourceUnexpected, says: "HTML or XML came instead of JSON"),
        FaultCase(
            name: "answers 200 with an error inside", shape: .said,
            answer: { _, connection, _ in
                connection.answer(headers: [FaultyDepartment.json], text: #"{"code":"500","msg":"系统繁忙","rows":[]}"#)
            }, code: .sourceSaidNo, says: "the source answered /code '500': 系统繁忙"),
        FaultCase(
            name: "answers 200 with JSON that has no records in it", shape: .pages,
            answer: { _, connection, _ in connection.answer(headers: [FaultyDepartment.json], text: #"{"data":[]}"#) },
            code: .sourceUnexpected, says: "the answer has no /rows"),
        FaultCase(
            name: "answers with an empty list where there were records",
            answer: { _, connection, _ in connection.answer(headers: [FaultyDepartment.json], text: "[]") },
            state: .held, says: "The source is empty, and 6 records are served."),
        FaultCase(
            name: "answers with containers nested without end",
            answer: { _, connection, _ in
                connection.answer(headers: [FaultyDepartment.json], text: String(repeating: "[", count: 100_000))
            }, code: .sourceTooLarge, says: "containers are nested deeper than 64"),
        FaultCase(
            name: "says UTF-8, and writes GBK",
            answer: { _, connection, _ in
                // 名称 in GBK.
                let name: [UInt8] = [0xC3, 0xFB, 0xB3, 0xC6]
                connection.answer(
                    headers: ["Content-Type: application/json; charset=utf-8"],
                    body: Array(#"[{"id":"k0","name":""#.utf8) + name + Array(#""}]"#.utf8))
            }, code: .sourceEncoding, says: "byte 20 is not utf-8, which the Content-Type header names"),
        FaultCase(
            name: "says GBK, and writes UTF-8",
            answer: { _, connection, _ in
                connection.answer(
                    headers: ["Content-Type: application/json; charset=GBK"],
                    text: #"[{"id":"k0","name":"名称"},{"id":"k1","name":"中国人"}]"#)
            }, code: .sourceEncoding, says: "byte 56 is not GBK, which the Content-Type header names"),
        FaultCase(
            name: "names a character set that is none",
            answer: { _, connection, _ in
                connection.answer(headers: ["Content-Type: application/json; charset=utf-9"], text: whole)
            }, code: .sourceEncoding, says: "the Content-Type header names a charset that is not known"),
    ]
}
