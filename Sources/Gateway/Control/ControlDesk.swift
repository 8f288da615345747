import HTTPTypes
import Hummingbird
import Model

/// Reads what a command asks, does it, and writes the answer.
struct ControlDesk: Sendable {
    let actions: ControlActions

    func answer(_ verb: ControlVerb, _ body: ByteBuffer) async throws(Fault) -> Response {
        switch verb {
        case .sync: progress(of: try await actions.sync(try JSONDocument.decode(ControlSync.self, from: body)))
        case .publish: try await done(body, actions.publish)
        case .discard: try await done(body, actions.discard)
        case .cancel: try await done(body, actions.cancel)
        case .replay: try await done(body, actions.replay)
        case .dismiss: try await done(body, actions.dismiss)
        case .register: try await done(body, actions.register)
        case .pause: try await done(body, actions.pause)
        case .resume: try await done(body, actions.resume)
        case .reload: Response(JSONDocument.encode(try await actions.reload()))
        case .status: Response(JSONDocument.encode(try await actions.status()))
        }
    }

    private func done<Asked: Decodable>(
        _ body: ByteBuffer, _ action: @Sendable (Asked) async throws(Fault) -> some Encodable
    ) async throws(Fault) -> Response {
        Response(JSONDocument.encode(try await action(try JSONDocument.decode(Asked.self, from: body))))
    }

    /// One step a line, each sent as it happens.
    private func progress(of steps: AsyncStream<RunProgress>) -> Response {
        Response(
            status: .ok, headers: [.contentType: Representation.ndjson.mediaType],
            body: ResponseBody { writer in
                for await step in steps {
                    var line = JSONDocument.encode(step)
                    line.writeInteger(UInt8(ascii: "\n"))
                    try await writer.write(line)
                }
                try await writer.finish(nil)
            })
    }
}
