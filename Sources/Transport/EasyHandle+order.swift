import CCurl

extension EasyHandle {
    /// Every option of a transfer, in one place to audit.
    mutating func configure(_ order: Order) {
        let request = order.hop.request
        set(CURLOPT_URL, order.hop.location.text)
        set(CURLOPT_PROTOCOLS_STR, order.hop.location.isOfFiles ? order.hop.location.scheme : "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        // A proxy of the environment would make the check of the address meaningless.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        set(CURLOPT_HTTP09_ALLOWED, 0)
        set(CURLOPT_BUFFERSIZE, 64 << 10)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        if let path = request.unixSocket { set(CURLOPT_UNIX_SOCKET_PATH, path) }
        if order.hop.location.isOfFiles {
            configureFiles(request, scheme: order.hop.location.scheme)
        } else {
            configureMethod(request)
            configureHeaders(request)
        }
        configureLimits(request.limits)
        configureTLS(request.tls)
    }

    private mutating func configureMethod(_ request: Request) {
        if let body = request.body {
            set(CURLOPT_POST, 1)
            setLarge(CURLOPT_POSTFIELDSIZE_LARGE, body.count)
            body.withUnsafeBytes { bytes in
                guard let start = bytes.baseAddress else { return set(CURLOPT_COPYPOSTFIELDS, "") }
                set(CURLOPT_COPYPOSTFIELDS, pointer: start)
            }
        }
        if request.method == "HEAD" { set(CURLOPT_NOBODY, 1) }
        let implied = request.body == nil ? "GET" : "POST"
        if request.method != implied, request.method != "HEAD" { set(CURLOPT_CUSTOMREQUEST, request.method) }
    }

    private mutating func configureHeaders(_ request: Request) {
        let given = Set(request.headers.map { $0.name.lowercased() })
        // An empty value would remove the header; the semicolon is libcurl's way to send one.
        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if !given.contains("user-agent") { lines.append("User-Agent: huitong") }
        if !given.contains("accept-encoding") { lines.append("Accept-Encoding: gzip, deflate") }
        if !given.contains("content-type") { lines.append("Content-Type:") }
        // No waiting for "100 Continue", which many departments' servers never send.
        lines.append("Expect:")
        set(CURLOPT_HTTPHEADER, lines: lines)
    }

    private mutating func configureLimits(_ limits: TransferLimits) {
        set(CURLOPT_CONNECTTIMEOUT_MS, Int(limits.connectSeconds * 1000))
        set(CURLOPT_TIMEOUT_MS, Int(limits.totalSeconds * 1000))
        set(CURLOPT_LOW_SPEED_LIMIT, limits.lowSpeedBytes)
        set(CURLOPT_LOW_SPEED_TIME, limits.lowSpeedSeconds)
        setLarge(CURLOPT_MAXFILESIZE_LARGE, limits.bodyBytes)
    }

    private mutating func configureTLS(_ identity: TLSIdentity?) {
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        guard let identity else { return }
        if let authority = identity.authority {
            set(CURLOPT_CAINFO, authority)
            // Instead of the machine's authorities and not beside them.
            set(CURLOPT_CAPATH, pointer: nil)
        }
        if let certificate = identity.certificate { set(CURLOPT_SSLCERT, certificate) }
        if let key = identity.key { set(CURLOPT_SSLKEY, key) }
    }
}
