import Exchange
import Gateway
import Model

extension ControlActions {
    /// What commands ask of the daemon, done by its operations.
    init(_ operations: Operations) {
        self.init(
            sync: { order async throws(Fault) in try await operations.steps(of: order) },
            publish: { decision async throws(Fault) in try await operations.publish(decision) },
            discard: { decision async throws(Fault) in try await operations.discard(decision) },
            cancel: { decision async throws(Fault) in try await operations.cancel(decision) },
            replay: { records async throws(Fault) in try await operations.replay(records) },
            dismiss: { records async throws(Fault) in try await operations.dismiss(records) },
            register: { registration async throws(Fault) in try await operations.register(registration) },
            pause: { pause async throws(Fault) in try await operations.pause(pause) },
            resume: { pause async throws(Fault) in try await operations.resume(pause) },
            reload: { () async throws(Fault) in try await operations.reload() },
            status: { () async throws(Fault) in try await operations.status() })
    }
}
