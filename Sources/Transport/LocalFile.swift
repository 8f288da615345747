import Foundation
import Model
import Synchronization

/// A file below the folder that the settings allow, read as if a system had answered with it.
final class LocalFile: Sendable {
    private let file: OpenedFile
    private let path: String
    private let position = Mutex(0)

    init(_ location: Location, policy: OutboundPolicy) throws(Fault) {
        path = try Self.path(of: location, policy: policy)
        switch OpenedFile.open(path) {
        case .success(let opened): file = opened
        case .failure(let error): throw Self.unopened(path, error.code)
        }
        // Asked of the opened file, after symbolic links: nothing can be exchanged between this check and the reading.
        guard let real = file.path, Self.isInside(real, policy) else { throw Self.outside(path) }
        guard file.isRegular else {
            throw Fault(.sourceRefused, "\(path) is not a regular file.", advice: "Name a file with the records in it.")
        }
    }

    /// The answer to a request for the file; 304 where the request's `If-None-Match` is the file's tag.
    func response(to request: Request) throws(Fault) -> Response {
        guard file.bytes <= request.limits.bodyBytes else {
            throw Fault(
                .sourceTooLarge, "\(path) is larger than \(request.limits.bodyBytes) bytes.", advice: "Raise the limit."
            )
        }
        let headers = Headers([("ETag", file.tag), ("Content-Length", String(file.bytes))])
        let isKnown = request.headers.contains { $0.name.lowercased() == "if-none-match" && $0.value == file.tag }
        let hasBody = !isKnown && request.method != "HEAD"
        return Response(
            head: ResponseHead(status: isKnown ? 304 : 200, headers: headers, url: request.url),
            body: Body { () async throws(Fault) in hasBody ? try self.next() : nil })
    }

    private func next() throws(Fault) -> [UInt8]? {
        if Task.isCancelled { throw .cancelled }
        let chunk = file.read(TransferChannel.chunkBytes)
        let total = position.withLock { position in
            position += chunk?.count ?? 0
            return position
        }
        guard let chunk, !chunk.isEmpty || total >= file.bytes else {
            throw Fault(.sourceTruncated, "\(path) became shorter while it was read.", advice: "Fetch it again.")
        }
        return chunk.isEmpty ? nil : chunk
    }

    /// The path of a `file` address, where it is below the allowed folder as it is written; a folder may be that folder itself.
    static func path(of location: Location, policy: OutboundPolicy, isFolder: Bool = false) throws(Fault) -> String {
        guard let path = location.path.removingPercentEncoding, !path.utf8.contains(0),
            isInside(standardized(path) + (isFolder ? "/" : ""), policy)
        else { throw outside(location.path) }
        return path
    }

    private static func standardized(_ path: String) -> String {
        URL(fileURLWithPath: path).standardized.path
    }

    /// The folder counts as written and as it really is, since it may itself be reached through a link.
    static func isInside(_ path: String, _ policy: OutboundPolicy) -> Bool {
        guard let folder = policy.fileFolder else { return false }
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        return [standardized(folder), real].contains { path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
    }

    static func outside(_ path: String) -> Fault {
        Fault(
            .sourceForbidden, "\(path) is not below the folder that files may be read from.",
            advice: "Move the file into that folder, or change the folder in the settings.")
    }

    static func unopened(_ path: String, _ error: Int32) -> Fault {
        error == ENOENT || error == ENOTDIR
            ? Fault(.sourceNotFound, "\(path) is not there.", advice: "Compare the entry's path with the folder.")
            : Fault(
                .sourceRefused, "\(path) cannot be opened: \(String(cString: strerror(error))).",
                advice: "Let the exchange's user read it.")
    }
}
