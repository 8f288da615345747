import Hummingbird
import NIOCore

/// What is known of a request while it is answered.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The connection that the request came over.
    let channel: any Channel

    init(source: Source) {
        channel = source.channel
        coreContext = .init(source: source)
    }
}
