import CCurl

/// One transfer's handle of libcurl, owned by one place and freed with it. It lives on the loop's thread.
struct EasyHandle: ~Copyable {
    let pointer: UnsafeMutableRawPointer
    /// The first option that libcurl did not take; a transfer with one is not started.
    private(set) var problem = CURLE_OK
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private let errorText: UnsafeMutablePointer<CChar>

    init?() {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        note(huitong_curl_set_pointer(pointer, CURLOPT_ERRORBUFFER, errorText))
    }

    deinit {
        curl_easy_cleanup(pointer)
        for list in lists { curl_slist_free_all(list) }
        errorText.deallocate()
    }

    /// What libcurl says about a failure, in its own words.
    var explanation: String { String(cString: errorText) }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(huitong_curl_set_long(pointer, option, value))
    }

    mutating func setLarge(_ option: CURLoption, _ value: Int) {
        note(huitong_curl_set_offset(pointer, option, curl_off_t(value)))
    }

    mutating func set(_ option: CURLoption, _ value: String) {
        note(huitong_curl_set_string(pointer, option, value))
    }

    mutating func set(_ option: CURLoption, pointer value: UnsafeRawPointer?) {
        note(huitong_curl_set_pointer(pointer, option, value))
    }

    mutating func set(_ option: CURLoption, _ callback: @escaping huitong_curl_data_callback) {
        note(huitong_curl_set_data_callback(pointer, option, callback))
    }

    mutating func setOpenSocket(_ callback: @escaping huitong_curl_open_socket) {
        note(huitong_curl_set_open_socket(pointer, callback))
    }

    mutating func set(_ option: CURLoption, lines: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = curl_slist_append(list, line) ?? list }
        guard let list else { return }
        lists.append(list)
        note(huitong_curl_set_pointer(pointer, option, list))
    }

    func number(_ info: CURLINFO) -> Int {
        var value = 0
        return huitong_curl_get_long(pointer, info, &value) == CURLE_OK ? value : 0
    }

    func large(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return huitong_curl_get_offset(pointer, info, &value) == CURLE_OK ? Int(value) : 0
    }

    private mutating func note(_ result: CURLcode) {
        if problem == CURLE_OK { problem = result }
    }
}
