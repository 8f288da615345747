import Hummingbird

/// What is known of a request while it is answered.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var identity: RequestIdentity?

    init(source: Source) {
        coreContext = .init(source: source)
    }
}
