import Dispatch

/// Threads for runs: parsing, normalising and staging compute for seconds on end, and would keep requests waiting on
/// the threads that serve HTTP.
final class RunExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "huitong.run", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
