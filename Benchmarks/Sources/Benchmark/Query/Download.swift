import CCurl
import Foundation

/// One request, waited for.
final class Download {
    private(set) var body: [UInt8] = []

    init(_ url: String) throws {
        guard let handle = curl_easy_init() else { throw Failure("libcurl gives no handle") }
        defer { curl_easy_cleanup(handle) }
        _ = huitong_curl_set_string(handle, CURLOPT_URL, url)
        _ = huitong_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, take)
        _ = huitong_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(self).toOpaque())
        let code = curl_easy_perform(handle)
        guard code == CURLE_OK else { throw Failure("\(url): \(String(cString: curl_easy_strerror(code)))") }
    }

    var text: String { String(decoding: body, as: UTF8.self) }

    func object() throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] else {
            throw Failure("the answer is no JSON object: \(text.prefix(200))")
        }
        return object
    }

    fileprivate func append(_ bytes: UnsafeRawBufferPointer) { body.append(contentsOf: bytes) }
}

/// A C function: it must not belong to a closure's context.
private func take(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    Unmanaged<Download>.fromOpaque(context).takeUnretainedValue()
        .append(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return size * count
}
