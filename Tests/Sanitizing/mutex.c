// Tells ThreadSanitizer when Swift's Mutex changes hands where it cannot see it.
//
// The quick ways of locking and unlocking are compiled into the program, and followed. Whoever has to wait calls into Swift's own
// library (`_lockSlow`, LinuxImpl.swift of Synchronization), which was not compiled for ThreadSanitizer: it spins, taking the lock
// by an atomic exchange that goes unseen, and then asks the kernel, which writes the lock's word itself. Of what the lock guards a race
// is reported then, though there is none. So the library's three ways are stood before here, each says what it does, and the
// reports of real races stay.
//
// Preloaded by scripts/sanitize, which tries both first.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

void __tsan_acquire(void *address);
void __tsan_release(void *address);

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

SWIFT void lock_slow(uint32_t thread, SELF handle) __asm__(LOCK);
SWIFT bool try_lock_slow(SELF handle) __asm__(TRY);
SWIFT void unlock_slow(SELF handle) __asm__(UNLOCK);

static SWIFT void (*real_lock)(uint32_t, SELF);
static SWIFT bool (*real_try)(SELF);
static SWIFT void (*real_unlock)(SELF);

__attribute__((constructor)) static void look_up(void) {
    real_lock = dlsym(RTLD_NEXT, LOCK);
    real_try = dlsym(RTLD_NEXT, TRY);
    real_unlock = dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void lock_slow(uint32_t thread, SELF handle) {
    real_lock(thread, handle);
    __tsan_acquire(handle);
}

SWIFT bool try_lock_slow(SELF handle) {
    bool taken = real_try(handle);
    if (taken) __tsan_acquire(handle);
    return taken;
}

SWIFT void unlock_slow(SELF handle) {
    __tsan_release(handle);
    real_unlock(handle);
}
