import CCurl
import Foundation

/// Requests over one kept-alive connection.
final class Conversation {
    struct Answer {
        let status: Int
        let body: [UInt8]
        /// By their names in lower case.
        let headers: [String: String]
    }

    private let base: String
    private let handle: UnsafeMutableRawPointer
    private var body: [UInt8] = []
    private var head: [UInt8] = []

    /// - Parameter socket: the path of a Unix domain socket, in place of the base's host.
    init(base: String, socket: String? = nil) throws {
        self.base = base
        guard let handle = curl_easy_init() else { throw Failure("libcurl gives no handle") }
        self.handle = handle
        _ = huitong_curl_set_long(handle, CURLOPT_BUFFERSIZE, 256 << 10)
        _ = huitong_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, receiveBody)
        _ = huitong_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        _ = huitong_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION, receiveHead)
        _ = huitong_curl_set_pointer(handle, CURLOPT_HEADERDATA, Unmanaged.passUnretained(self).toOpaque())
        if let socket { _ = huitong_curl_set_string(handle, CURLOPT_UNIX_SOCKET_PATH, socket) }
    }

    deinit { curl_easy_cleanup(handle) }

    func get(_ path: String) throws -> Answer { try send(path) }

    func post(_ path: String, _ text: String) throws -> Answer {
        _ = huitong_curl_set_string(handle, CURLOPT_COPYPOSTFIELDS, text)
        return try send(path)
    }

    private func send(_ path: String) throws -> Answer {
        body.removeAll(keepingCapacity: true)
        head.removeAll(keepingCapacity: true)
        _ = huitong_curl_set_string(handle, CURLOPT_URL, base + path)
        let code = curl_easy_perform(handle)
        guard code == CURLE_OK else { throw Failure("\(path): \(String(cString: curl_easy_strerror(code)))") }
        var status = 0
        _ = huitong_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        let lines = String(decoding: head, as: UTF8.self).split(whereSeparator: \.isNewline)
        let fields = lines.compactMap { line -> (String, String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            return (line[..<colon].lowercased(), value)
        }
        return Answer(
            status: status, body: body, headers: Dictionary(fields, uniquingKeysWith: { _, last in last }))
    }

    fileprivate func take(_ bytes: UnsafeRawBufferPointer, isHead: Bool) {
        if isHead { head.append(contentsOf: bytes) } else { body.append(contentsOf: bytes) }
    }
}

// C functions: they must not belong to an actor or a closure's context.

private func receiveBody(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int { take(bytes, size * count, context, isHead: false) }

private func receiveHead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int { take(bytes, size * count, context, isHead: true) }

private func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?, isHead: Bool
) -> Int {
    guard let context else { return 0 }
    let conversation = Unmanaged<Conversation>.fromOpaque(context).takeUnretainedValue()
    conversation.take(UnsafeRawBufferPointer(start: bytes, count: count), isHead: isHead)
    return count
}
