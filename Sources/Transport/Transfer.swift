import CCurl
import Model

/// One transfer under way. It belongs to the loop's thread, as do the callbacks that reach it.
final class Transfer {
    /// Why we stopped a transfer ourselves, where libcurl only knows that a callback said no.
    enum Stop {
        case headersTooLarge
        case bodyTooLarge
        case addressForbidden(String, AddressKind)
    }

    /// An error's page is read to keep the connection, but not for ever.
    private static let errorPageBytes = 64 << 10

    let order: Order
    let limits: TransferLimits
    var easy: EasyHandle
    private(set) var stop: Stop?
    /// A server of files answers without a status.
    private(set) var status: Int
    private var headers = Headers()
    private var headerBytes = 0
    private(set) var isHeadComplete = false
    private(set) var isHeadDelivered = false
    private var bodyBytes = 0
    /// Whether bytes came since the loop last looked.
    var hasNews = false

    init?(_ order: Order) {
        guard let easy = EasyHandle() else { return nil }
        self.order = order
        self.easy = easy
        limits = order.hop.request.limits
        status = order.hop.location.isOfFiles ? 200 : 0
        self.easy.configure(order)
        let context = Unmanaged.passUnretained(self).toOpaque()
        self.easy.set(CURLOPT_PRIVATE, pointer: context)
        self.easy.set(CURLOPT_WRITEDATA, pointer: context)
        self.easy.set(CURLOPT_HEADERDATA, pointer: context)
        self.easy.set(CURLOPT_OPENSOCKETDATA, pointer: context)
        self.easy.set(CURLOPT_WRITEFUNCTION, receiveBody)
        self.easy.set(CURLOPT_HEADERFUNCTION, receiveHeader)
        self.easy.setOpenSocket(openSocket)
    }

    var head: ResponseHead {
        ResponseHead(status: status, headers: headers, url: order.hop.location.text)
    }

    /// Whether the body is what was asked for, and not the page of an error.
    private var isWanted: Bool {
        (200...299).contains(status) || order.hop.request.unixSocket != nil
            || order.hop.request.readableStatuses.contains(status)
    }

    /// One header line; false ends the transfer.
    func receive(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= limits.headerBytes else {
            stop = .headersTooLarge
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if order.hop.location.isOfFiles {
            addFileHeader(text)
        } else if text.hasPrefix("HTTP/"), !isHeadComplete || status < 200 {
            startHead(text)
        } else if text == "\r\n" || text == "\n" {
            isHeadComplete = true
        } else if !isHeadComplete {
            addHeader(text)
        }
        return true
    }

    /// A further status line means that the one before was an interim answer (1xx).
    private func startHead(_ line: String) {
        let words = line.split(maxSplits: 2, whereSeparator: { $0 == " " || $0.isNewline })
        status = words.count > 1 ? Int(words[1]) ?? 0 : 0
        headers = Headers()
        isHeadComplete = false
    }

    /// libcurl writes what a server of files says of a file's size and time as headers, and its replies between them.
    private func addFileHeader(_ line: String) {
        let isFact = ["content-length:", "last-modified:"].contains { line.lowercased().hasPrefix($0) }
        if isFact, !isHeadDelivered { addHeader(line) }
    }

    private func addHeader(_ line: String) {
        guard let colon = line.firstIndex(of: ":") else { return }
        let value = line[line.index(after: colon)...]
        headers.append(Self.trimmed(line[..<colon]), Self.trimmed(value))
    }

    private static func trimmed(_ text: Substring) -> String {
        let rest = text.drop { $0.isWhitespace }
        guard let last = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...last])
    }

    /// A piece of the body: how many bytes were taken, or libcurl's word for "later".
    func receive(body bytes: UnsafeRawBufferPointer) -> Int {
        guard isWanted else { return skip(bytes.count) }
        guard bodyBytes + bytes.count <= limits.bodyBytes else {
            stop = .bodyTooLarge
            return 0
        }
        guard order.channel.offer(bytes) else { return Int(CURL_WRITEFUNC_PAUSE) }
        bodyBytes += bytes.count
        hasNews = true
        if !isHeadDelivered { deliverHead() }
        return bytes.count
    }

    private func skip(_ count: Int) -> Int {
        bodyBytes += count
        return bodyBytes <= Self.errorPageBytes ? count : 0
    }

    private func deliverHead() {
        isHeadDelivered = true
        order.channel.deliver(head)
    }

    /// Whether the policy lets this transfer connect there.
    func allows(_ address: SocketAddress) -> Bool {
        switch address {
        case .unix: return order.hop.request.unixSocket != nil
        case .internet(let bytes):
            let kind = AddressKind(bytes)
            if order.policy.allows(kind) { return true }
            stop = .addressForbidden(address.text, kind)
            return false
        case .other: return false
        }
    }

    /// Tells the waiting task how it ended.
    func end(_ result: CURLcode) {
        order.leave()
        // However an error's page went, its status is known.
        let isErrorKnown = isHeadComplete && status >= 300 && !isWanted
        guard result == CURLE_OK || isErrorKnown else {
            return order.channel.finish(.failure(TransferVerdict(self, result).failure))
        }
        if !isHeadDelivered { deliverHead() }
        order.channel.finish(.success(()))
    }
}
