// A task that waits for a thread, which answers at once: often before the task has begun to wait. Nothing is shared.

import Foundation

struct Trouble: Error { var code = 0 }

func ask(_ number: Int) async -> Result<[Int], Trouble> {
    await withTaskCancellationHandler {
        await withUnsafeContinuation { (waiting: UnsafeContinuation<Result<[Int], Trouble>, Never>) in
            Thread.detachNewThread { waiting.resume(returning: .success([number])) }
            if number % 2 == 0 { usleep(300) }
        }
    } onCancel: {
    }
}

@main struct Main {
    static func main() async {
        await withTaskGroup(of: Int.self) { group in
            for task in 0..<4 {
                group.addTask {
                    var sum = 0
                    for round in 0..<500 { sum += ((try? await ask(round + task).get().count) ?? 0) }
                    return sum
                }
            }
            for await sum in group { print(sum) }
        }
    }
}
