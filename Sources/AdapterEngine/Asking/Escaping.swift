/// How a value is written within a text of another syntax.
enum Escaping {
    /// RFC 3986, section 2.3: all but unreserved characters.
    static func query(_ value: String) -> String { percent(value, keeping: unreserved) }

    /// As a query's value, for a path that may be written with its slashes, with or without escapes.
    static func path(_ value: String) -> String { percent(value, keeping: unreserved + Array("/:@!$&'()*+,;=%".utf8)) }

    /// As a query's value, for a part of a path: its slashes part segments.
    static func segments(_ value: String) -> String { percent(value, keeping: unreserved + [UInt8(ascii: "/")]) }

    /// RFC 8259, section 7.
    static func json(_ value: String) -> String {
        var result = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                result +=
                    "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2)
                    + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// XML 1.0, section 2.4.
    static func xml(_ value: String) -> String {
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&apos;"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// By the media type of the text around the value.
    static func within(_ contentType: String?) -> (String) -> String {
        let type = contentType?.lowercased() ?? ""
        if type.contains("json") { return json }
        if type.contains("xml") { return xml }
        if type.contains("x-www-form-urlencoded") { return query }
        return { $0 }
    }

    private static let unreserved = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)

    private static func percent(_ value: String, keeping kept: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            if kept.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
