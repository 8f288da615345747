// A lock that threads wait for, and with an argument a number beside it that nothing guards: ThreadSanitizer has to be silent
// about the first, and to see the second.

import Foundation
import Synchronization

final class Counters: @unchecked Sendable {
    let guarded = Mutex(0)
    var unguarded = 0
}

let counters = Counters()
let isRacing = CommandLine.arguments.count > 1
let done = DispatchSemaphore(value: 0)
for _ in 0..<4 {
    Thread {
        for round in 0..<20_000 {
            if isRacing { counters.unguarded += 1 }
            counters.guarded.withLock { value in
                value += 1
                // Now and then so long that the others stop spinning and ask the kernel.
                if round % 500 == 0 { usleep(2000) }
            }
        }
        done.signal()
    }.start()
}
for _ in 0..<4 { done.wait() }
print(counters.guarded.withLock { $0 })
