// Tells ThreadSanitizer what it cannot see: that the kernel hands a lock over.
//
// Swift's Mutex takes its lock on Linux by an atomic exchange, which ThreadSanitizer follows. A thread that waits too long asks
// the kernel (FUTEX_LOCK_PI), which writes the lock's word for it; whoever unlocks then asks the kernel, too. Between those two
// there is no atomic access of the program's own that orders them, so ThreadSanitizer reports a race of what the lock guards. The
// system calls do order them (futex(2)); said so, the reports are gone, and those of real races stay.
//
// Preloaded by scripts/sanitize, which tries both first.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include <stdarg.h>
#include <sys/syscall.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

long syscall(long number, ...) {
    static long (*real)(long, ...);
    if (!real) real = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    long argument[6];
    va_list list;
    va_start(list, number);
    for (int i = 0; i < 6; i++) argument[i] = va_arg(list, long);
    va_end(list);

    int operation = number == SYS_futex ? (int)argument[1] & FUTEX_CMD_MASK : -1;
    if (operation == FUTEX_UNLOCK_PI) __tsan_release((void *)argument[0]);
    long result = real(number, argument[0], argument[1], argument[2], argument[3], argument[4], argument[5]);
    if (result == 0 && (operation == FUTEX_LOCK_PI || operation == FUTEX_TRYLOCK_PI)) {
        __tsan_acquire((void *)argument[0]);
    }
    return result;
}
