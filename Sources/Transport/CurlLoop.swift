import CCurl
import Foundation
import Model

/// The one thread that touches libcurl: takes orders from the inbox, moves bytes, and reports ends.
final class CurlLoop {
    private let multi: UnsafeMutableRawPointer
    private let inbox: Inbox
    private var transfers: [UInt64: Transfer] = [:]

    /// Starts the thread. It ends when the inbox is closed.
    static func start() -> Inbox {
        let inbox = Inbox()
        let thread = Thread {
            CurlLoop(inbox)?.run()
            inbox.markEnded()
        }
        thread.name = "huitong.transport"
        thread.start()
        return inbox
    }

    private init?(_ inbox: Inbox) {
        guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let multi = curl_multi_init() else { return nil }
        self.multi = multi
        self.inbox = inbox
        inbox.wake(with: multi)
        // A stream that waits for its reader would hold up the others of its connection: one transfer, one connection.
        huitong_curl_multi_set_long(multi, CURLMOPT_PIPELINING, Int(CURLPIPE_NOTHING))
        huitong_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 64)
    }

    deinit {
        inbox.forget()
        curl_multi_cleanup(multi)
        curl_global_cleanup()
    }

    private func run() {
        Self.ignoreBrokenPipes()
        while let messages = inbox.drain() {
            for message in messages { handle(message) }
            turn()
        }
        for transfer in transfers.values { remove(transfer).order.fail(.shutDown) }
    }

    /// OpenSSL writes without MSG_NOSIGNAL. Blocking the signal on this thread leaves the rest of the process alone.
    private static func ignoreBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    private func handle(_ message: Inbox.Message) {
        switch message {
        case .start(let order): start(order)
        case .resume(let number):
            if let transfer = transfers[number] { resume(transfer) }
        case .cancel(let number):
            if let transfer = transfers[number] { remove(transfer).order.fail(.cancelled) }
        }
    }

    /// Going on hands over at once what libcurl kept; where that ends the transfer, libcurl tells only here.
    private func resume(_ transfer: Transfer) {
        let result = curl_easy_pause(transfer.easy.pointer, CURLPAUSE_CONT)
        if result != CURLE_OK { remove(transfer).end(result) }
    }

    private func start(_ order: Order) {
        guard let transfer = Transfer(order), transfer.easy.problem == CURLE_OK,
            curl_multi_add_handle(multi, transfer.easy.pointer) == CURLM_OK
        else {
            return order.fail(Fault(.unavailable, "libcurl did not take the request.", advice: "Run huitong doctor."))
        }
        transfers[order.channel.number] = transfer
    }

    private func turn() {
        var running: Int32 = 0
        curl_multi_perform(multi, &running)
        for transfer in transfers.values where transfer.hasNews {
            transfer.hasNews = false
            transfer.order.channel.flush()
        }
        collect()
        curl_multi_poll(multi, nil, 0, 60_000, nil)
    }

    private func collect() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let result = huitong_curl_message_result(message)
            var context: UnsafeMutableRawPointer?
            huitong_curl_get_pointer(easy, CURLINFO_PRIVATE, &context)
            guard let context else { continue }
            remove(Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()).end(result)
        }
    }

    @discardableResult
    private func remove(_ transfer: Transfer) -> Transfer {
        curl_multi_remove_handle(multi, transfer.easy.pointer)
        transfers[transfer.order.channel.number] = nil
        return transfer
    }
}
