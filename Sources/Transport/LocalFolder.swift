import Foundation
import Model

/// The names in a folder below the one that the settings allow, answered a line each, as a server of files answers them.
struct LocalFolder {
    private let path: String
    private let descriptor: Int32

    init(_ location: Location, policy: OutboundPolicy) throws(Fault) {
        path = try LocalFile.path(of: location, policy: policy, isFolder: true)
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw LocalFile.unopened(path, errno) }
        // Asked of the opened folder, after symbolic links.
        guard let real = OpenedFile.path(of: descriptor), LocalFile.isInside(real + "/", policy) else {
            close(descriptor)
            throw LocalFile.outside(path)
        }
    }

    /// The answer to a request for the names; it takes the folder with it.
    ///
    /// - Throws: `source.too-large` for more bytes of names than the request allows.
    func response(to request: Request) throws(Fault) -> Response {
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            throw LocalFile.unopened(path, errno)
        }
        defer { closedir(stream) }
        var names: [UInt8] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            if name == [0x2e] || name == [0x2e, 0x2e] { continue }
            names += name
            names.append(0x0a)
            guard names.count <= request.limits.bodyBytes else {
                throw Fault(
                    .sourceTooLarge, "\(path) holds more than \(request.limits.bodyBytes) bytes of names.",
                    advice: "Let what was delivered long ago be moved away.")
            }
        }
        let bytes = OneChunk(names)
        return Response(
            head: ResponseHead(status: 200, url: request.url),
            body: Body { () async throws(Fault) in bytes.take() })
    }
}
